/* SPDX-License-Identifier: MIT */
/* Duo Mobile's accounts.json; its own kind of account, which Duo's servers
 * ask, has no seed that anybody could use. */
#include "host/import/apps/apps.h"
#include "host/import/entry/json_entry.h"
#include "host/import/json/json_view.h"

static const char app[] = "Duo Mobile";
static const struct fob_span hotp = {"\"hotp\"", 6};

static enum fob_status put_account(struct fob_span value, size_t place,
                                   struct import_sink *sink)
{
    enum { NAME, GENERATOR, COUNT };
    static const char *const names[COUNT] = {"name", "otpGenerator"};
    enum { SECRET, COUNTER, PARTS };
    static const char *const parts[PARTS] = {"otpSecret", "counter"};
    struct fob_span member[COUNT], part[PARTS] = {{0}};
    struct json_entry entry = {0};
    enum fob_status status = fob_json_view_members(value, names, COUNT, member);

    if (status == FOB_OK && member[GENERATOR].at != NULL)
        status = fob_json_view_members(member[GENERATOR], parts, PARTS, part);
    if (status != FOB_OK)
        return sink_put(sink, place, status, NULL);
    entry.label = member[NAME];
    entry.secret = part[SECRET];
    entry.counter = part[COUNTER];
    if (part[COUNTER].at != NULL)
        entry.type = hotp;
    return json_entry_put(&entry, place, sink);
}

static bool is_mine(const struct import_file *file)
{
    static const char *const names[] = {"otpGenerator"};
    struct fob_span generator;

    return fob_json_view_members(json_entry_first(file->json), names, 1,
                                 &generator) == FOB_OK &&
           generator.at != NULL;
}

static enum fob_status read_accounts(const struct import_file *file,
                                     struct import_sink *sink)
{
    return json_entry_each(app, file->json, sink, put_account);
}

const struct import_format import_duo = {
    .app = app, .is_mine = is_mine, .read = read_accounts};
