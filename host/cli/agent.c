/* SPDX-License-Identifier: MIT */
#include "host/cli/call/agent_call.h"
#include "host/cli/call/listing.h"
#include "host/client/client.h"

static const struct listing_column columns[] = {
    {"pid", "pid", FOB_TAG_PID, LISTING_NUMBER},
    {"version", "version", FOB_TAG_VERSION, LISTING_TEXT},
    {"locked", "locked", FOB_TAG_LOCKED, LISTING_FLAG},
    {"locks_at", "locks at", FOB_TAG_LOCKS_AT, LISTING_TIME},
    {"swappable", "swappable", FOB_TAG_SWAPPABLE, LISTING_FLAG},
    {"connections", "connections", FOB_TAG_CONNECTIONS, LISTING_NUMBER},
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
        return;
    }
    fob_message_fields(&call->reply, &fields);
    json_start(&json, &call->output);
    json_open_object(&json, NULL);
    json_put_flag(&json, "running", true);
    listing_put_members(&json, &fields, columns);
    json_close_object(&json);
    json_end(&json);
}

static enum fob_status start_agent(struct command_call *call)
{
    fob_message_start(&call->request, FOB_REQUEST_STATUS);
    return agent_call_run(call);
}

static enum fob_status wait_stopped(struct command_call *call)
{
    return fob_client_wait_stopped(&call->client, &call->error);
}

static enum fob_status stop_agent(struct command_call *call)
{
    enum fob_status status;
    bool is_running;

    fob_message_start(&call->request, FOB_REQUEST_STOP);
    status = agent_call_run_everywhere(call, wait_stopped, &is_running);
    if (status == FOB_OK && !is_running)
        ui_note(&call->ui, "No agent is running.");
    return status;
}

static enum fob_status show_status(struct command_call *call)
{
    enum fob_status status;
    bool is_running;

    fob_message_start(&call->request, FOB_REQUEST_STATUS);
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
    {0},
};

const struct command command_agent = {
    .name = "agent",
    .synopsis = "start | stop | status",
    .summary = "rule the process that holds the secrets",
    .operands_min = 1,
    .operands_max = 1,
    .verbs = verbs,
};
