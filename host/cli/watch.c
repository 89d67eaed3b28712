/* SPDX-License-Identifier: MIT */
/* Codes that stay on the terminal and change as time goes by. */
#include "host/base/monotonic.h"
#include "host/base/text.h"
#include "host/cli/call/agent_call.h"
#include "host/cli/call/caller_environment.h"
#include "host/cli/parts/watch_screen.h"

#include <string.h>

enum { ALL };

static const struct command_option options[] = {
    [ALL] = {"all", NULL, "AWS devices, too, whose codes are then used up"},
    {0},
};

enum {
    LINES_MAX = 64,
    /* Each code is a use of the vault: a screen that is forgotten must not
     * keep it from locking. */
    WATCH_S = 600,
};

struct watch {
    struct command_call *call;
    struct fob_secret storage; /* of the lines */
    struct watch_line *lines;
    size_t count;
    size_t left_out;
    size_t devices; /* of those left out */
};

static void add_line(struct watch *watch, const char *name)
{
    if (watch->count < LINES_MAX &&
        fob_text_copy(watch->lines[watch->count].name, FOB_NAME_MAX + 1,
                      name) == FOB_OK)
        watch->count++;
    else
        watch->left_out++;
}

/* A code that is shown counts as used: exec would have none left beside a
 * screen that shows each. */
static bool is_device(const struct fob_reader *fields)
{
    struct fob_field field;

    return fob_fields_find(fields, FOB_TAG_SERIAL, &field);
}

/* A counter is used up by being looked at, and a token wants a touch for each
 * code: neither is for a screen that nobody asked for by name. */
static bool is_watchable(const struct fob_reader *fields)
{
    struct fob_field field;

    return fob_fields_find(fields, FOB_TAG_PERIOD, &field) &&
           fob_fields_find(fields, FOB_TAG_PLACE, &field) &&
           field.len == strlen("vault") &&
           memcmp(field.data, "vault", field.len) == 0;
}

static void add_listed(struct watch *watch)
{
    struct fob_reader at, fields;
    struct fob_field record;
    char name[FOB_NAME_MAX + 1];

    fob_message_fields(&watch->call->reply, &at);
    while (fob_message_next(&at, &record)) {
        if (record.tag != FOB_TAG_RECORD)
            continue;
        fob_field_fields(&record, &fields);
        if (watch->call->option[ALL] == NULL && is_device(&fields)) {
            watch->devices++;
            continue;
        }
        if (is_watchable(&fields) &&
            fob_fields_text(&fields, FOB_TAG_NAME, name, sizeof(name)) ==
                FOB_OK)
            add_line(watch, name);
        else
            watch->left_out++;
    }
}

static enum fob_status choose_all(struct watch *watch)
{
    struct command_call *call = watch->call;
    enum fob_status status;

    fob_message_start(&call->request, FOB_REQUEST_LIST);
    status = agent_call_run(call);
    if (status != FOB_OK)
        return status;
    add_listed(watch);
    if (watch->count == 0 && watch->devices > 0) {
        fob_error_set(&call->error, FOB_E_NOT_FOUND,
                      "there are AWS devices only, whose codes are used up by "
                      "being shown");
        fob_error_hint(&call->error, "fob watch --all");
        return FOB_E_NOT_FOUND;
    }
    if (watch->count == 0) {
        fob_error_set(&call->error, FOB_E_NOT_FOUND,
                      "there is no account to watch");
        fob_error_hint(&call->error, "fob list");
        return FOB_E_NOT_FOUND;
    }
    if (watch->devices > 0)
        ui_note(&call->ui,
                "%zu more: AWS devices are shown by name or with --all, for a "
                "code shown is used up.",
                watch->devices);
    if (watch->left_out > 0)
        ui_note(&call->ui,
                "%zu more: those on tokens are shown by name, counters by "
                "fob code.",
                watch->left_out);
    return FOB_OK;
}

static enum fob_status choose_accounts(struct watch *watch)
{
    struct command_call *call = watch->call;
    enum fob_status status = fob_secret_alloc(
        &watch->storage, LINES_MAX * sizeof(struct watch_line));

    if (status != FOB_OK)
        return fob_error_no_memory(&call->error);
    watch->lines = (struct watch_line *)(void *)watch->storage.data;
    if (call->operand_count == 0)
        return choose_all(watch);
    for (int i = 0; i < call->operand_count; i++)
        add_line(watch, call->operand[i]);
    return watch->left_out == 0
               ? FOB_OK
               : command_usage(call, "no more than %d names", LINES_MAX);
}

/* With NEXT, be it 0, a HOTP account refuses and keeps its counter. */
static enum fob_status renew_line(struct command_call *call,
                                  struct watch_line *line)
{
    enum fob_status status;

    fob_message_start(&call->request, FOB_REQUEST_CODE);
    fob_message_put_text(&call->request, FOB_TAG_NAME, line->name);
    fob_message_put_number(&call->request, FOB_TAG_NEXT, 0);
    status = caller_environment_put(call);
    if (status == FOB_OK)
        status = agent_call_run(call);
    if (status != FOB_OK)
        return status;
    if (fob_message_text(&call->reply, FOB_TAG_CODE, line->code,
                         sizeof(line->code)) != FOB_OK ||
        fob_message_text(&call->reply, FOB_TAG_NAME, line->name,
                         sizeof(line->name)) != FOB_OK)
        return fob_error_set(&call->error, FOB_E_AGENT,
                             "the agent's answer lacks the code");
    line->ends_s = fob_boottime_s() + (int64_t)fob_message_number(
                                          &call->reply, FOB_TAG_DURATION, 1);
    return FOB_OK;
}

static enum fob_status renew_lines(struct watch *watch)
{
    enum fob_status status = FOB_OK;

    for (size_t i = 0; i < watch->count && status == FOB_OK; i++)
        if (watch->lines[i].ends_s <= fob_boottime_s())
            status = renew_line(watch->call, &watch->lines[i]);
    return status;
}

static enum fob_status refuse_unattended(struct command_call *call)
{
    fob_error_set(&call->error, FOB_E_NOBODY,
                  "there is no terminal to show codes at");
    fob_error_hint(&call->error, "fob code NAME");
    return FOB_E_NOBODY;
}

static enum fob_status show_lines(struct watch *watch,
                                  struct terminal *terminal)
{
    int64_t end_s = fob_boottime_s() + WATCH_S;
    bool is_over = false;
    enum fob_status status = FOB_OK;

    while (status == FOB_OK && !is_over && fob_boottime_s() < end_s) {
        if (watch_screen_show(terminal, watch->lines, watch->count, end_s,
                              &is_over) != FOB_OK)
            return refuse_unattended(watch->call);
        if (!is_over)
            status = renew_lines(watch);
    }
    if (status == FOB_OK && !is_over)
        ui_note(&watch->call->ui,
                "Ten minutes are over.  To go on, run: fob watch");
    return status;
}

static enum fob_status run_watch(struct command_call *call)
{
    struct watch watch = {.call = call};
    struct terminal terminal;
    enum fob_status status;

    if (!terminal_open(&terminal))
        return refuse_unattended(call);
    status = choose_accounts(&watch);
    if (status == FOB_OK)
        status = renew_lines(&watch);
    if (status == FOB_OK) {
        ui_note(&call->ui, "A code shown counts as used.  q ends.");
        status = show_lines(&watch, &terminal);
    }
    fob_secret_free(&watch.storage);
    terminal_close(&terminal);
    return status;
}

const struct command command_watch = {
    .name = "watch",
    .synopsis = "[--all] [NAME...]",
    .options = options,
    .summary = "show codes for as long as they are wanted",
    .examples = "fob watch github gitlab",
    .operand = COMMAND_ACCOUNT,
    .operands_max = COMMAND_ANY,
    .run = run_watch,
};
