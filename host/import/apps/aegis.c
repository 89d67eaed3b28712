/* SPDX-License-Identifier: MIT */
#include "host/import/apps/aegis_entry.h"
#include "host/import/apps/aegis_open.h"
#include "host/import/apps/apps.h"
#include "host/import/json/json_view.h"

enum { FILE_VERSION_MAX = 1, CONTENT_VERSION_MAX = 3 };

static enum fob_status say_strange(struct fob_error *error)
{
    return fob_error_set(error, FOB_E_UNSUPPORTED,
                         "the Aegis vault is of no shape that fob knows");
}

static enum fob_status check_version(const char *what, struct fob_span value,
                                     unsigned max, struct fob_error *error)
{
    uint64_t version;
    enum fob_status status = fob_json_view_number(value, UINT32_MAX, &version);

    if (status == FOB_E_TOO_LONG)
        version = UINT32_MAX;
    else if (status != FOB_OK || version == 0)
        return say_strange(error);
    if (version <= max)
        return FOB_OK;
    return fob_error_set(error, FOB_E_VERSION,
                         "%s Aegis vault has version %u, and fob knows those "
                         "up to %u",
                         what, (unsigned)version, max);
}

static enum fob_status read_entries(struct fob_span entries,
                                    struct import_sink *sink)
{
    enum fob_status status = fob_json_view_elements(entries, &entries);
    struct fob_span entry;
    size_t place = 0;

    if (status != FOB_OK)
        return say_strange(sink->error);
    while (status == FOB_OK && fob_json_view_next(&entries, &entry))
        status = aegis_entry_read(entry, ++place, sink);
    return status;
}

/* What `db` holds, once it is plain. */
static enum fob_status read_content(struct fob_span content,
                                    struct import_sink *sink)
{
    enum { VERSION, ENTRIES, COUNT };
    static const char *const names[COUNT] = {"version", "entries"};
    struct fob_span member[COUNT];
    enum fob_status status;

    if (fob_json_view_members(content, names, COUNT, member) != FOB_OK)
        return say_strange(sink->error);
    status = check_version("what is in the", member[VERSION],
                           CONTENT_VERSION_MAX, sink->error);
    return status == FOB_OK ? read_entries(member[ENTRIES], sink) : status;
}

static enum fob_status open_json(struct fob_span text, struct fob_span *value,
                                 struct fob_error *error)
{
    size_t line;

    if (fob_json_view_open(text, value, &line) == FOB_OK)
        return FOB_OK;
    return fob_error_set(error, FOB_E_SYNTAX,
                         "the file breaks the rules of JSON on line %zu", line);
}

static enum fob_status read_encrypted(struct fob_span header,
                                      struct fob_span db,
                                      struct import_sink *sink)
{
    struct fob_secret plain = {0};
    struct fob_span content;
    enum fob_status status =
        aegis_open(header, db, sink->callbacks, &plain, sink->error);

    if (status == FOB_OK)
        status = open_json((struct fob_span){(char *)plain.data, plain.len},
                           &content, sink->error);
    if (status == FOB_OK)
        status = read_content(content, sink);
    fob_secret_free(&plain);
    return status;
}

enum { VERSION, HEADER, DB, COUNT };

static enum fob_status find_parts(const struct import_file *file,
                                  struct fob_span member[COUNT])
{
    static const char *const names[COUNT] = {"version", "header", "db"};

    return fob_json_view_members(file->json, names, COUNT, member);
}

static bool is_mine(const struct import_file *file)
{
    struct fob_span member[COUNT];

    return find_parts(file, member) == FOB_OK && member[VERSION].at != NULL &&
           member[DB].at != NULL;
}

static enum fob_status read_vault(const struct import_file *file,
                                  struct import_sink *sink)
{
    struct fob_span member[COUNT];
    enum fob_status status;

    if (find_parts(file, member) != FOB_OK)
        return say_strange(sink->error);
    status =
        check_version("the", member[VERSION], FILE_VERSION_MAX, sink->error);
    if (status != FOB_OK)
        return status;
    if (fob_json_view_is_string(member[DB]))
        return read_encrypted(member[HEADER], member[DB], sink);
    return read_content(member[DB], sink);
}

const struct import_format import_aegis = {
    .app = "Aegis", .is_mine = is_mine, .read = read_vault};
