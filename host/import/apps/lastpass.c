/* SPDX-License-Identifier: MIT */
#include "host/import/apps/apps.h"
#include "host/import/entry/json_entry.h"
#include "host/import/json/json_view.h"

enum { VERSION_MAX = 3 };

static const char app[] = "LastPass Authenticator";

/* Names: as they are shown, or else as they came with the code. */
static enum fob_status put_account(struct fob_span value, size_t place,
                                   struct import_sink *sink)
{
    enum {
        ISSUER,
        USER,
        FIRST_ISSUER,
        FIRST_USER,
        HASH,
        DIGITS,
        STEP,
        SECRET,
        COUNT,
    };
    static const char *const names[COUNT] = {
        "issuerName", "userName", "originalIssuerName", "originalUserName",
        "algorithm",  "digits",   "timeStep",           "secret"};
    struct fob_span member[COUNT];
    struct json_entry entry = {0};
    enum fob_status status = fob_json_view_members(value, names, COUNT, member);

    if (status != FOB_OK)
        return sink_put(sink, place, status, NULL);
    entry.issuer = json_entry_is_blank(member[ISSUER]) ? member[FIRST_ISSUER]
                                                       : member[ISSUER];
    entry.label =
        json_entry_is_blank(member[USER]) ? member[FIRST_USER] : member[USER];
    entry.hash = member[HASH];
    entry.digits = member[DIGITS];
    entry.period_s = member[STEP];
    entry.secret = member[SECRET];
    return json_entry_put(&entry, place, sink);
}

enum { VERSION, ACCOUNTS, COUNT };

static enum fob_status find_parts(const struct import_file *file,
                                  struct fob_span member[COUNT])
{
    static const char *const names[COUNT] = {"version", "accounts"};

    return fob_json_view_members(file->json, names, COUNT, member);
}

static bool is_mine(const struct import_file *file)
{
    static const char *const names[] = {"secret", "timeStep", "issuerName"};
    struct fob_span member[COUNT], of_first[3];

    return find_parts(file, member) == FOB_OK &&
           fob_json_view_members(json_entry_first(member[ACCOUNTS]), names, 3,
                                 of_first) == FOB_OK &&
           of_first[0].at != NULL && of_first[1].at != NULL &&
           (member[VERSION].at != NULL || of_first[2].at != NULL);
}

static enum fob_status read_export(const struct import_file *file,
                                   struct import_sink *sink)
{
    struct fob_span member[COUNT];
    uint64_t version = 0; /* some files do not say it */

    if (find_parts(file, member) != FOB_OK ||
        (member[VERSION].at != NULL &&
         fob_json_view_number(member[VERSION], UINT32_MAX, &version) != FOB_OK))
        return json_entry_strange(app, sink->error);
    if (version > VERSION_MAX)
        return fob_error_set(sink->error, FOB_E_VERSION,
                             "the export of %s has version %u, and fob knows "
                             "those up to %d",
                             app, (unsigned)version, VERSION_MAX);
    return json_entry_each(app, member[ACCOUNTS], sink, put_account);
}

const struct import_format import_lastpass = {
    .app = app, .is_mine = is_mine, .read = read_export};
