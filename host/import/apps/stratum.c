/* SPDX-License-Identifier: MIT */
#include "host/import/apps/stratum.h"

#include "host/import/apps/apps.h"
#include "host/import/entry/json_entry.h"
#include "host/import/json/json_view.h"

#include <string.h>

static const char app[] = "Stratum";

/* Types and hashes are numbers there; the names are those of other apps. */
static const char *const types[] = {"unknown", "hotp",  "totp",
                                    "motp",    "steam", "yandex"};
static const char *const hashes[] = {"sha1", "sha256", "sha512"};

static struct fob_span name_number(struct fob_span value,
                                   const char *const *names, size_t count)
{
    const char *name = "unknown";
    uint64_t number;

    if (value.at == NULL)
        return (struct fob_span){0};
    if (fob_json_view_number(value, count - 1, &number) == FOB_OK)
        name = names[number];
    return (struct fob_span){name, strlen(name)};
}

static enum fob_status put_account(struct fob_span value, size_t place,
                                   struct import_sink *sink)
{
    enum {
        ISSUER,
        USERNAME,
        TYPE,
        HASH,
        DIGITS,
        PERIOD,
        COUNTER,
        SECRET,
        COUNT,
    };
    static const char *const names[COUNT] = {"Issuer",    "Username", "Type",
                                             "Algorithm", "Digits",   "Period",
                                             "Counter",   "Secret"};
    struct fob_span member[COUNT];
    struct json_entry entry;

    if (fob_json_view_members(value, names, COUNT, member) != FOB_OK)
        return sink_put(sink, place, FOB_E_SYNTAX, NULL);
    entry = (struct json_entry){
        member[ISSUER],
        member[USERNAME],
        name_number(member[TYPE], types, sizeof(types) / sizeof(*types)),
        name_number(member[HASH], hashes, sizeof(hashes) / sizeof(*hashes)),
        member[DIGITS],
        member[PERIOD],
        member[COUNTER],
        member[SECRET],
    };
    return json_entry_put(&entry, place, sink);
}

static enum fob_status find_accounts(struct fob_span backup,
                                     struct fob_span *accounts)
{
    static const char *const names[] = {"Authenticators"};

    return fob_json_view_members(backup, names, 1, accounts);
}

enum fob_status stratum_accounts(struct fob_span backup,
                                 struct import_sink *sink)
{
    struct fob_span accounts;

    if (find_accounts(backup, &accounts) != FOB_OK)
        return json_entry_strange(app, sink->error);
    return json_entry_each(app, accounts, sink, put_account);
}

static bool is_mine(const struct import_file *file)
{
    struct fob_span accounts;

    return find_accounts(file->json, &accounts) == FOB_OK &&
           accounts.at != NULL;
}

static enum fob_status read_backup(const struct import_file *file,
                                   struct import_sink *sink)
{
    return stratum_accounts(file->json, sink);
}

const struct import_format import_stratum = {
    .app = app, .is_mine = is_mine, .read = read_backup};
