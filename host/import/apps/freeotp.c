/* SPDX-License-Identifier: MIT */
#include "host/import/apps/freeotp.h"

#include "host/import/apps/apps.h"
#include "host/import/entry/json_entry.h"
#include "host/import/json/json_view.h"

static const char app[] = "FreeOTP+";

/* The app tells Steam by its name alone. */
static bool is_steam(struct fob_span issuer)
{
    char text[8];

    return fob_json_view_text(issuer, text, sizeof(text)) == FOB_OK &&
           fob_span_is(fob_span_of(text, sizeof(text)), "steam");
}

enum fob_status freeotp_token_put(struct fob_span value, size_t place,
                                  struct import_sink *sink)
{
    enum {
        ISSUER,
        ISSUER_INT,
        LABEL,
        TYPE,
        HASH,
        DIGITS,
        PERIOD,
        COUNTER,
        SECRET,
        COUNT,
    };
    static const char *const names[COUNT] = {
        "issuerExt", "issuerInt", "label",   "type",  "algo",
        "digits",    "period",    "counter", "secret"};
    struct fob_span member[COUNT];
    struct json_entry entry = {0};
    enum fob_status status = fob_json_view_members(value, names, COUNT, member);

    if (status != FOB_OK)
        return sink_put(sink, place, status, NULL);
    entry.issuer = json_entry_is_blank(member[ISSUER]) ? member[ISSUER_INT]
                                                       : member[ISSUER];
    entry.label = member[LABEL];
    entry.type = member[TYPE];
    entry.hash = member[HASH];
    entry.digits = member[DIGITS];
    entry.period_s = member[PERIOD];
    entry.counter = member[COUNTER];
    entry.secret = member[SECRET];
    if (is_steam(entry.issuer))
        entry.type = (struct fob_span){"\"steam\"", 7};
    return json_entry_put(&entry, place, sink);
}

/* Beside it stands `tokenOrder`, which an editor may have dropped. */
static enum fob_status find_tokens(const struct import_file *file,
                                   struct fob_span *tokens)
{
    static const char *const names[] = {"tokens"};

    return fob_json_view_members(file->json, names, 1, tokens);
}

static bool is_mine(const struct import_file *file)
{
    static const char *const names[] = {"secret", "algo"};
    struct fob_span tokens, member[2];

    if (find_tokens(file, &tokens) != FOB_OK)
        return false;
    return fob_json_view_members(json_entry_first(tokens), names, 2, member) ==
               FOB_OK &&
           member[0].at != NULL;
}

static enum fob_status read_backup(const struct import_file *file,
                                   struct import_sink *sink)
{
    struct fob_span tokens;

    if (find_tokens(file, &tokens) != FOB_OK)
        return json_entry_strange(app, sink->error);
    return json_entry_each(app, tokens, sink, freeotp_token_put);
}

const struct import_format import_freeotp = {
    .app = app, .is_mine = is_mine, .read = read_backup};
