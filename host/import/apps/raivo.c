/* SPDX-License-Identifier: MIT */
/* Raivo's export, as it lies in its archive: all values are strings. */
#include "host/import/apps/apps.h"
#include "host/import/entry/json_entry.h"
#include "host/import/json/json_view.h"

static const char app[] = "Raivo";

static enum fob_status put_password(struct fob_span value, size_t place,
                                    struct import_sink *sink)
{
    enum {
        ISSUER,
        ACCOUNT,
        KIND,
        HASH,
        DIGITS,
        TIMER,
        COUNTER,
        SECRET,
        COUNT,
    };
    static const char *const names[COUNT] = {"issuer",    "account", "kind",
                                             "algorithm", "digits",  "timer",
                                             "counter",   "secret"};
    struct fob_span member[COUNT];
    enum fob_status status = fob_json_view_members(value, names, COUNT, member);
    const struct json_entry entry = {
        member[ISSUER], member[ACCOUNT], member[KIND],    member[HASH],
        member[DIGITS], member[TIMER],   member[COUNTER], member[SECRET],
    };

    if (status != FOB_OK)
        return sink_put(sink, place, status, NULL);
    return json_entry_put(&entry, place, sink);
}

static bool is_mine(const struct import_file *file)
{
    static const char *const names[] = {"secret", "kind", "account"};
    struct fob_span member[3];

    return fob_json_view_members(json_entry_first(file->json), names, 3,
                                 member) == FOB_OK &&
           member[0].at != NULL && member[1].at != NULL && member[2].at != NULL;
}

static enum fob_status read_export(const struct import_file *file,
                                   struct import_sink *sink)
{
    return json_entry_each(app, file->json, sink, put_password);
}

const struct import_format import_raivo = {
    .app = app, .is_mine = is_mine, .read = read_export};
