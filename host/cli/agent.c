/* SPDX-License-Identifier: MIT */
#include "host/base/path.h"
#include "host/base/text.h"
#include "host/cli/call/agent_call.h"
#include "host/cli/call/caller_environment.h"
#include "host/cli/call/listing.h"
#include "host/client/client.h"

#include <string.h>
#include <unistd.h>

enum { PROFILES, ACCOUNTS, CONFIRM, SOCKET, OPTION_COUNT };

static const struct command_option options[] = {
    [PROFILES] = {"profiles", "LIST", "forward: sessions of these only"},
    [ACCOUNTS] = {"accounts", "LIST", "forward: codes of these only"},
    [CONFIRM] = {"confirm", "HOW", "forward: ask before each use"},
    [SOCKET] = {"socket", "FILE", "forward: listen there"},
    {0},
};

static const struct command_choice choices[] = {
    {"HOW", "no terminal pinentry desktop "},
    {0},
};

static const struct listing_column columns[] = {
    {"pid", "pid", FOB_TAG_PID, LISTING_NUMBER},
    {"version", "version", FOB_TAG_VERSION, LISTING_TEXT},
    {"locked", "locked", FOB_TAG_LOCKED, LISTING_FLAG},
    {"locks_at", "locks at", FOB_TAG_LOCKS_AT, LISTING_TIME},
    {"swappable", "swappable", FOB_TAG_SWAPPABLE, LISTING_FLAG},
    {"connections", "connections", FOB_TAG_CONNECTIONS, LISTING_NUMBER},
    {0},
};

/* What far sides asked for. */
static const struct listing_column asked_columns[] = {
    {"time", "asked at", FOB_TAG_TIME, LISTING_TIME},
    {"socket", NULL, FOB_TAG_PATH, LISTING_TEXT},
    {"type", "for", FOB_TAG_TYPE, LISTING_TEXT},
    {"name", "of", FOB_TAG_NAME, LISTING_TEXT},
    {"result", "result", FOB_TAG_RESULT, LISTING_TEXT},
    {"count", "times", FOB_TAG_NUMBER, LISTING_NUMBER},
    {0},
};

static void put_absent(struct command_call *call)
{
    struct json json;

    if (!call->ui.is_json) {
        output_put_text(&call->output, "not running\n");
        return;
    }
    json_start(&json, &call->output);
    json_open_object(&json, NULL);
    json_put_flag(&json, "running", false);
    json_close_object(&json);
    json_end(&json);
}

static void put_present(struct command_call *call)
{
    struct fob_reader fields;
    struct json json;

    if (!call->ui.is_json) {
        listing_put_one(call, columns);
        if (listing_count(call) > 0)
            output_put_text(&call->output, "far sides:\n");
        listing_put(call, asked_columns);
        return;
    }
    fob_message_fields(&call->reply, &fields);
    json_start(&json, &call->output);
    json_open_object(&json, NULL);
    json_put_flag(&json, "running", true);
    listing_put_members(&json, &fields, columns);
    listing_put_array(&json, "remote", &call->reply, asked_columns);
    json_close_object(&json);
    json_end(&json);
}

/* Options are for one verb. */
static enum fob_status refuse_options(struct command_call *call)
{
    for (int i = 0; i < OPTION_COUNT; i++)
        if (call->option[i] != NULL)
            return command_usage(call, "--%s is for forward only",
                                 options[i].name);
    return FOB_OK;
}

static enum fob_status start_agent(struct command_call *call)
{
    enum fob_status status = refuse_options(call);

    fob_message_start(&call->request, FOB_REQUEST_STATUS);
    caller_environment_put_desktop(call);
    return status == FOB_OK ? agent_call_run(call) : status;
}

/* A socket of this process's, beside the agent's own. */
static enum fob_status find_own_socket(struct command_call *call,
                                       char path[static FOB_PATH_MAX])
{
    char socket[FOB_PATH_MAX];
    enum fob_status status =
        fob_path_get(FOB_PATH_SOCKET, socket, &call->error);

    if (status != FOB_OK)
        return status;
    *strrchr(socket, '/') = '\0';
    if (fob_text_format(path, FOB_PATH_MAX, "%s/forward-%d.sock", socket,
                        (int)getpid()) != FOB_OK)
        return fob_error_set(&call->error, FOB_E_FAILED,
                             "the path %s is too long", socket);
    return FOB_OK;
}

static enum fob_status find_socket(struct command_call *call,
                                   char path[static FOB_PATH_MAX])
{
    if (call->option[SOCKET] == NULL)
        return find_own_socket(call, path);
    return fob_path_absolute(call->option[SOCKET], path, &call->error);
}

static void put_option(struct command_call *call, int option, enum fob_tag tag)
{
    if (call->option[option] != NULL)
        fob_message_put_text(&call->request, tag, call->option[option]);
}

/* Until a signal, or the agent's end; it asks us meanwhile. */
static enum fob_status forward_agent(struct command_call *call)
{
    char path[FOB_PATH_MAX];
    enum fob_status status = find_socket(call, path);

    if (status != FOB_OK)
        return status;
    fob_message_start(&call->request, FOB_REQUEST_FORWARD);
    fob_message_put_text(&call->request, FOB_TAG_PATH, path);
    put_option(call, PROFILES, FOB_TAG_PROFILE);
    put_option(call, ACCOUNTS, FOB_TAG_ACCOUNT);
    put_option(call, CONFIRM, FOB_TAG_CONFIRM);
    caller_environment_put_desktop(call);
    return agent_call_run(call);
}

static enum fob_status wait_stopped(struct command_call *call)
{
    return fob_client_wait_stopped(&call->client, &call->error);
}

static enum fob_status stop_agent(struct command_call *call)
{
    enum fob_status status = refuse_options(call);
    bool is_running = true;

    fob_message_start(&call->request, FOB_REQUEST_STOP);
    if (status == FOB_OK)
        status = agent_call_run_everywhere(call, wait_stopped, &is_running);
    if (status == FOB_OK && !is_running)
        ui_note(&call->ui, "No agent is running.");
    return status;
}

static enum fob_status show_status(struct command_call *call)
{
    enum fob_status status = refuse_options(call);
    bool is_running;

    fob_message_start(&call->request, FOB_REQUEST_STATUS);
    if (status == FOB_OK)
        status = agent_call_run_if_running(call, &is_running);
    if (status != FOB_OK)
        return status;
    if (is_running)
        put_present(call);
    else
        put_absent(call);
    return FOB_OK;
}

static const struct command_verb verbs[] = {
    {"start", 0, start_agent},
    {"stop", 0, stop_agent},
    {"status", 0, show_status},
    {"forward", 0, forward_agent},
    {0},
};

const struct command command_agent = {
    .name = "agent",
    .synopsis = "start | stop | status |\nforward [--profiles LIST] "
                "[--accounts LIST] [--confirm HOW] [--socket FILE]",
    .summary = "rule the process that holds the secrets",
    .examples = "fob agent status\n"
                "fob agent forward --profiles 'dev-*' --accounts ''",
    .options = options,
    .choices = choices,
    .operands_min = 1,
    .operands_max = 1,
    .verbs = verbs,
};
