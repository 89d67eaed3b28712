/* SPDX-License-Identifier: MIT */
#include "host/cli/call/agent_call.h"
#include "host/cli/call/caller_environment.h"
#include "host/cli/call/listing.h"
#include "host/cli/parts/doctor_environment.h"

#include <stdlib.h>
#include <string.h>

enum { EXIT_PROBLEMS = 1 };

enum { ONLINE, PROFILE };

static const struct command_option options[] = {
    [ONLINE] = {"online", NULL, "ask AWS, too; spends no code"},
    [PROFILE] = {"profile", "PROFILE", "with --online: this one; else all"},
    {0},
};

static const struct listing_column columns[] = {
    {"name", NULL, FOB_TAG_NAME, LISTING_TEXT},
    {"level", NULL, FOB_TAG_RESULT, LISTING_TEXT},
    {"text", NULL, FOB_TAG_TEXT, LISTING_TEXT},
    {"hint", NULL, FOB_TAG_HINT, LISTING_TEXT},
    {0},
};

/* In the shape of the agent's own findings. */
static void put_finding(struct fob_message *found, const char *level,
                        const char *check, const char *text, const char *hint)
{
    struct fob_message record = {0};

    fob_message_start(&record, FOB_REPLY_OK);
    fob_message_put_text(&record, FOB_TAG_NAME, check);
    fob_message_put_text(&record, FOB_TAG_RESULT, level);
    fob_message_put_text(&record, FOB_TAG_TEXT, text);
    if (hint[0])
        fob_message_put_text(&record, FOB_TAG_HINT, hint);
    fob_message_put_record(found, &record);
    fob_message_free(&record);
}

static void put_error(struct command_call *call, struct fob_message *found)
{
    put_finding(found, "problem", "agent", call->error.text, call->error.hint);
    fob_error_clear(&call->error);
}

static void put_environment(void *context, const char *level, const char *text,
                            const char *hint)
{
    put_finding(context, level, "environment", text, hint);
}

static void check_environment(struct fob_message *found)
{
    const struct doctor_environment to = {found, put_environment};

    doctor_environment_check(&to);
}

static void check_version(struct command_call *call, struct fob_message *found)
{
    char version[64];

    if (fob_message_text(&call->reply, FOB_TAG_VERSION, version,
                         sizeof(version)) != FOB_OK ||
        strcmp(version, FOB_VERSION) != 0)
        put_finding(found, "problem", "agent",
                    "the running agent is of another version than fob",
                    "fob agent stop");
    else
        put_finding(found, "ok", "agent", "running", "");
}

/* Whether the shared agent can be asked. */
static bool check_agent(struct command_call *call, struct fob_message *found)
{
    bool is_running;

    fob_message_start(&call->request, FOB_REQUEST_STATUS);
    if (agent_call_run_if_running(call, &is_running) != FOB_OK) {
        put_error(call, found);
        return false;
    }
    if (is_running)
        check_version(call, found);
    else
        put_finding(found, "ok", "agent", "not running", "");
    return is_running;
}

/* The agent's findings, and then ours, in call->reply. */
static enum fob_status gather_findings(struct command_call *call,
                                       const struct fob_message *found)
{
    struct fob_reader fields;
    struct fob_field field;
    enum fob_status status;

    fob_message_start(&call->request, FOB_REQUEST_DOCTOR);
    if (call->option[ONLINE] != NULL)
        fob_message_put_number(&call->request, FOB_TAG_ONLINE, 1);
    if (call->option[PROFILE] != NULL)
        fob_message_put_text(&call->request, FOB_TAG_PROFILE,
                             call->option[PROFILE]);
    status = caller_environment_put(call);
    if (status != FOB_OK)
        return status;
    if (agent_call_run(call) != FOB_OK) {
        fob_message_start(&call->reply, FOB_REPLY_OK);
        put_error(call, &call->reply);
    }
    fob_message_fields(found, &fields);
    while (fob_message_next(&fields, &field))
        fob_message_put(&call->reply, field.tag, field.data, field.len);
    return FOB_OK;
}

static void put_text(struct command_call *call, const struct fob_reader *fields,
                     enum fob_tag tag)
{
    struct fob_field field;

    if (fob_fields_find(fields, tag, &field))
        output_put_shown(&call->output, field.data, field.len);
}

static void put_line(struct command_call *call, const struct fob_reader *fields)
{
    char hint[FOB_ERROR_HINT_MAX + 1];

    put_text(call, fields, FOB_TAG_RESULT);
    output_put_char(&call->output, ' ');
    put_text(call, fields, FOB_TAG_NAME);
    output_put_text(&call->output, ": ");
    put_text(call, fields, FOB_TAG_TEXT);
    if (fob_fields_text(fields, FOB_TAG_HINT, hint, sizeof(hint)) == FOB_OK) {
        output_put_text(&call->output, ui_hint_link(hint));
        put_text(call, fields, FOB_TAG_HINT);
    }
    output_put_char(&call->output, '\n');
}

static bool is_problem(const struct fob_reader *fields)
{
    char level[16];

    return fob_fields_text(fields, FOB_TAG_RESULT, level, sizeof(level)) ==
               FOB_OK &&
           strcmp(level, "problem") == 0;
}

static void put_findings(struct command_call *call)
{
    struct fob_reader all, fields;
    struct fob_field field;
    bool is_bad = false;

    fob_message_fields(&call->reply, &all);
    while (fob_message_next(&all, &field)) {
        if (field.tag != FOB_TAG_RECORD)
            continue;
        fob_field_fields(&field, &fields);
        if (!call->ui.is_json)
            put_line(call, &fields);
        is_bad |= is_problem(&fields);
    }
    /* What could not be asked is not clean. */
    if (is_bad)
        call->exit_status = EXIT_PROBLEMS;
    else
        call->exit_status = fob_status_exit((enum fob_status)fob_message_number(
            &call->reply, FOB_TAG_STATUS, 0));
    if (call->ui.is_json)
        listing_put(call, columns);
}

/* Looking leaves nothing behind: without a shared agent a private one does
 * it. */
static enum fob_status run_doctor(struct command_call *call)
{
    struct fob_message found = {0};
    enum fob_status status;

    if (call->option[PROFILE] != NULL && call->option[ONLINE] == NULL)
        return command_usage(call, "--profile is for --online");
    fob_message_start(&found, FOB_REPLY_OK);
    check_environment(&found);
    if (!check_agent(call, &found) && setenv("FOB_NO_AGENT", "1", 1) != 0)
        return fob_error_no_memory(&call->error);
    status = gather_findings(call, &found);
    if (status == FOB_OK)
        put_findings(call);
    fob_message_free(&found);
    return status;
}

const struct command command_doctor = {
    .name = "doctor",
    .synopsis = "[--online [--profile PROFILE]]",
    .summary = "look for what is wrong, and say what to run",
    .examples = "fob doctor",
    .calls_aws = true,
    .options = options,
    .run = run_doctor,
};
