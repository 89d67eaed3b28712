/* SPDX-License-Identifier: MIT */
#include "host/import/apps/apps.h"
#include "host/import/apps/proton_open.h"
#include "host/import/apps/totp_value.h"
#include "host/import/entry/json_entry.h"
#include "host/import/json/json_view.h"

enum { VERSION_MAX = 1 };

static const char app[] = "Proton Authenticator";

static enum fob_status check_version(struct fob_span value,
                                     struct fob_error *error)
{
    uint64_t version;
    enum fob_status status = fob_json_view_number(value, UINT32_MAX, &version);

    if (status != FOB_OK || version == 0)
        return json_entry_strange(app, error);
    if (version <= VERSION_MAX)
        return FOB_OK;
    return fob_error_set(error, FOB_E_VERSION,
                         "the Proton Authenticator export has version %u, and "
                         "fob knows those up to %d",
                         (unsigned)version, VERSION_MAX);
}

/* The name is the URI's own, but of a URI of Steam's. */
static enum fob_status read_entry(struct fob_span entry, size_t place,
                                  struct import_sink *sink)
{
    enum { URI, NAME, COUNT };
    static const char *const outer[] = {"content"};
    static const char *const names[COUNT] = {"uri", "name"};
    struct fob_span content, member[COUNT];
    struct totp_value value;

    if (fob_json_view_members(entry, outer, 1, &content) != FOB_OK ||
        fob_json_view_members(content, names, COUNT, member) != FOB_OK)
        return sink_put(sink, place, FOB_E_SYNTAX, NULL);
    value = (struct totp_value){.totp = member[URI], .label = member[NAME]};
    return totp_value_put(&value, place, sink);
}

enum { VERSION, ENTRIES, SALT, CONTENT, COUNT };

static enum fob_status find_parts(struct fob_span json,
                                  struct fob_span member[COUNT])
{
    static const char *const names[COUNT] = {"version", "entries", "salt",
                                             "content"};

    return fob_json_view_members(json, names, COUNT, member);
}

static enum fob_status read_plain(const struct fob_span member[COUNT],
                                  struct import_sink *sink)
{
    enum fob_status status = check_version(member[VERSION], sink->error);

    if (status != FOB_OK)
        return status;
    return json_entry_each(app, member[ENTRIES], sink, read_entry);
}

static enum fob_status read_encrypted(const struct fob_span member[COUNT],
                                      struct import_sink *sink)
{
    struct fob_span json, inner[COUNT];
    struct fob_secret plain = {0};
    size_t line;
    enum fob_status status = check_version(member[VERSION], sink->error);

    if (status == FOB_OK)
        status = proton_open(member[SALT], member[CONTENT], sink->callbacks,
                             &plain, sink->error);
    if (status == FOB_OK &&
        (fob_json_view_open((struct fob_span){(char *)plain.data, plain.len},
                            &json, &line) != FOB_OK ||
         find_parts(json, inner) != FOB_OK))
        status = json_entry_strange(app, sink->error);
    if (status == FOB_OK)
        status = read_plain(inner, sink);
    fob_secret_free(&plain);
    return status;
}

/* Other apps have entries with a version, too. */
static bool is_entries(struct fob_span entries)
{
    static const char *const names[] = {"content"};
    struct fob_span content;

    return fob_json_view_members(json_entry_first(entries), names, 1,
                                 &content) == FOB_OK &&
           content.at != NULL;
}

static bool is_mine(const struct import_file *file)
{
    struct fob_span member[COUNT];

    if (find_parts(file->json, member) != FOB_OK || member[VERSION].at == NULL)
        return false;
    return is_entries(member[ENTRIES]) ||
           (member[SALT].at != NULL && member[CONTENT].at != NULL);
}

static enum fob_status read_export(const struct import_file *file,
                                   struct import_sink *sink)
{
    struct fob_span member[COUNT];

    if (find_parts(file->json, member) != FOB_OK)
        return json_entry_strange(app, sink->error);
    return member[ENTRIES].at != NULL ? read_plain(member, sink)
                                      : read_encrypted(member, sink);
}

const struct import_format import_proton = {
    .app = app, .is_mine = is_mine, .read = read_export};
