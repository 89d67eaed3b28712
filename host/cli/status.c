/* SPDX-License-Identifier: MIT */
/* What is open and until when.  It looks, and never acts: no agent is started,
 * nobody is asked, AWS is not called. */
#include "host/base/path.h"
#include "host/cli/call/agent_call.h"
#include "host/cli/call/caller_environment.h"
#include "host/cli/call/listing.h"
#include "host/cli/call/own_variables.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct listing_column profile_columns[] = {
    {"account_id", "account", FOB_TAG_ACCOUNT_ID, LISTING_TEXT},
    {"identity", "who", FOB_TAG_IDENTITY, LISTING_TEXT},
    {"user", NULL, FOB_TAG_USER, LISTING_TEXT},
    {"role", NULL, FOB_TAG_ROLE, LISTING_TEXT},
    {"region", "region", FOB_TAG_REGION, LISTING_TEXT},
    {"serial", "device", FOB_TAG_SERIAL, LISTING_TEXT},
    {"seed", "seed", FOB_TAG_PLACE, LISTING_TEXT},
    {"session_expires", "session until", FOB_TAG_EXPIRATION, LISTING_TIME},
    {0},
};

static const struct listing_column vault_columns[] = {
    {"locks_at", "locks at", FOB_TAG_LOCKS_AT, LISTING_TIME},
    {0},
};

static const struct listing_column session_columns[] = {
    {"id", "SESSION", FOB_TAG_ACCESS_KEY_ID, LISTING_TEXT},
    {"profile", "PROFILE", FOB_TAG_PROFILE, LISTING_TEXT},
    {"account_id", "ACCOUNT", FOB_TAG_ACCOUNT_ID, LISTING_TEXT},
    {"expires", "UNTIL", FOB_TAG_EXPIRATION, LISTING_TIME},
    {0},
};

static const struct listing_column token_columns[] = {
    {"serial", "TOKEN", FOB_TAG_TOKEN, LISTING_TEXT},
    {"state", "STATE", FOB_TAG_STATE, LISTING_TEXT},
    {"transport", "TRANSPORT", FOB_TAG_TRANSPORT, LISTING_TEXT},
    {0},
};

/* A report on its way, as JSON or lines. */
struct report {
    struct command_call *call;
    struct json json;
};

static void put_text(struct report *it, const char *key, const char *text)
{
    struct output *output = &it->call->output;

    if (it->call->ui.is_json) {
        json_put_text(&it->json, key, text);
        return;
    }
    output_put_text(output, key);
    output_put_text(output, ": ");
    output_put_name(output, text, strlen(text));
    output_put_char(output, '\n');
}

/* A fault of a part is no fault of the rest. */
static bool ask_part(struct report *it, enum fob_message_type type,
                     const char *profile)
{
    struct command_call *call = it->call;
    bool is_running = false, is_quiet = call->ui.is_quiet;
    enum fob_status status = FOB_OK;

    call->ui.is_quiet = true; /* what is amiss is for doctor */

    fob_message_start(&call->request, type);
    if (profile != NULL)
        fob_message_put_text(&call->request, FOB_TAG_PROFILE, profile);
    if (type == FOB_REQUEST_PROFILES)
        fob_message_put_number(&call->request, FOB_TAG_PEEK, 1);
    if (type == FOB_REQUEST_PROFILES || type == FOB_REQUEST_TOKEN_LIST)
        status = caller_environment_put(call);
    if (status == FOB_OK)
        status = agent_call_run_if_running(call, &is_running);
    call->ui.is_quiet = is_quiet;
    fob_error_clear(&call->error);
    return status == FOB_OK && is_running;
}

static const char *find_origin(const struct command_call *call)
{
    const char *profile = getenv("AWS_PROFILE");

    if (call->profile != NULL)
        return "argument";
    if (own_variables_profile() != NULL)
        return "FOB_PROFILE";
    if (profile != NULL && profile[0] != '\0')
        return "AWS_PROFILE";
    profile = getenv("AWS_DEFAULT_PROFILE");
    return profile != NULL && profile[0] != '\0' ? "AWS_DEFAULT_PROFILE"
                                                 : "default";
}

/* In a session of fob's, that is who one is. */
static const char *find_profile(const struct command_call *call)
{
    const char *outer = own_variables_profile();

    return call->profile == NULL && outer != NULL
               ? outer
               : caller_environment_profile(call);
}

/* The fields of a record or a reply, as members or lines. */
static void put_fields(struct report *it, const struct fob_reader *fields,
                       const struct listing_column *columns)
{
    if (it->call->ui.is_json)
        listing_put_members(&it->json, fields, columns);
    else
        listing_put_lines(&it->call->output, fields, columns);
}

static void put_profile(struct report *it)
{
    struct command_call *call = it->call;
    const char *key_id = getenv("AWS_ACCESS_KEY_ID");
    const char *profile = find_profile(call);
    struct fob_reader at, fields;

    put_text(it, call->ui.is_json ? "name" : "profile", profile);
    put_text(it, "from", find_origin(call));
    if (key_id != NULL && key_id[0] != '\0')
        put_text(it, call->ui.is_json ? "environment" : "in the environment",
                 key_id);
    if (!ask_part(it, FOB_REQUEST_PROFILES, profile))
        return;
    fob_message_fields(&call->reply, &at);
    if (listing_next(&at, &fields))
        put_fields(it, &fields, profile_columns);
}

static const char *find_vault(bool is_running)
{
    char path[FOB_PATH_MAX];
    struct fob_error ignored;

    if (fob_path_get(FOB_PATH_VAULT, path, &ignored) == FOB_OK &&
        access(path, F_OK) != 0)
        return "none";
    return is_running ? NULL : "locked";
}

static void put_vault(struct report *it, bool is_running)
{
    const struct command_call *call = it->call;
    const char *vault = find_vault(is_running);
    struct fob_reader fields;

    if (vault == NULL)
        vault = fob_message_number(&call->reply, FOB_TAG_LOCKED, 1) != 0
                    ? "locked"
                    : "open";
    put_text(it, "vault", vault);
    if (is_running) {
        fob_message_fields(&call->reply, &fields);
        put_fields(it, &fields, vault_columns);
    }
}

static void put_list(struct report *it, const char *name,
                     enum fob_message_type type,
                     const struct listing_column *columns)
{
    struct command_call *call = it->call;
    bool is_there = ask_part(it, type, NULL);

    if (call->ui.is_json) {
        if (is_there)
            listing_put_array(&it->json, name, &call->reply, columns);
        return;
    }
    if (is_there && listing_count(call) > 0)
        listing_put(call, columns);
    else
        put_text(it, name, is_there ? "none" : "not known");
}

static enum fob_status run_status(struct command_call *call)
{
    struct report it = {.call = call};
    bool is_running;

    call->is_unattended = true;
    if (call->ui.is_json) {
        json_start(&it.json, &call->output);
        json_open_object(&it.json, NULL);
    }
    put_profile(&it);
    is_running = ask_part(&it, FOB_REQUEST_STATUS, NULL);
    put_vault(&it, is_running);
    put_list(&it, "sessions", FOB_REQUEST_SESSIONS, session_columns);
    put_list(&it, "tokens", FOB_REQUEST_TOKEN_LIST, token_columns);
    if (call->ui.is_json) {
        json_close_object(&it.json);
        json_end(&it.json);
    }
    return FOB_OK;
}

const struct command command_status = {
    .name = "status",
    .synopsis = "[PROFILE]",
    .summary = "tell who one is, and what is open until when",
    .examples = "fob status",
    .operand = COMMAND_PROFILE,
    .run = run_status,
};
