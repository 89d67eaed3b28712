/* SPDX-License-Identifier: MIT */
#include "host/base/path.h"
#include "host/cli/call/agent_call.h"
#include "host/cli/call/caller_environment.h"
#include "host/cli/call/listing.h"

#include <string.h>

enum { DELETE_UNUSED };

static const struct command_option options[] = {
    [DELETE_UNUSED] = {"delete-unused", NULL,
                       "rotate: delete a second key that nobody uses first"},
    {0},
};

static const struct listing_column columns[] = {
    {"id", "ID", FOB_TAG_ACCESS_KEY_ID, LISTING_TEXT},
    {"profile", "PROFILE", FOB_TAG_PROFILE, LISTING_TEXT},
    {"user", "USER", FOB_TAG_USER, LISTING_TEXT},
    {"created", "CREATED", FOB_TAG_CREATED, LISTING_TIME},
    {"file", "FILE", FOB_TAG_PATH, LISTING_TEXT},
    {0},
};

static void note_path(struct command_call *call)
{
    char path[FOB_PATH_MAX];

    if (fob_message_text(&call->reply, FOB_TAG_PATH, path, sizeof(path)) ==
        FOB_OK)
        ui_note(&call->ui, "The key is in the vault, and no more in %s.", path);
}

/* Send a request about the profile that is named, and print the key's id. */
static enum fob_status ask_for_id(struct command_call *call)
{
    static const struct listing_column members[] = {
        {"profile", NULL, FOB_TAG_PROFILE, LISTING_TEXT},
        {"id", NULL, FOB_TAG_ACCESS_KEY_ID, LISTING_TEXT},
        {0},
    };
    enum fob_status status;

    fob_message_put_text(&call->request, FOB_TAG_PROFILE, call->operand[1]);
    status = caller_environment_put(call);
    if (status == FOB_OK)
        status = agent_call_run(call);
    if (status != FOB_OK)
        return status;
    note_path(call);
    if (call->ui.is_json) {
        listing_put_one(call, members);
        return FOB_OK;
    }
    status = command_put_field(call, FOB_TAG_ACCESS_KEY_ID, "key's id");
    output_put_char(&call->output, '\n');
    return status;
}

static enum fob_status import_key(struct command_call *call)
{
    fob_message_start(&call->request, FOB_REQUEST_KEYS_IMPORT);
    return ask_for_id(call);
}

static enum fob_status rotate_key(struct command_call *call)
{
    fob_message_start(&call->request, FOB_REQUEST_KEYS_ROTATE);
    if (call->option[DELETE_UNUSED] != NULL)
        fob_message_put_number(&call->request, FOB_TAG_FORCE, 1);
    return ask_for_id(call);
}

static enum fob_status list_keys(struct command_call *call)
{
    enum fob_status status;

    fob_message_start(&call->request, FOB_REQUEST_KEYS_LIST);
    status = agent_call_run(call);
    if (status != FOB_OK)
        return status;
    listing_put(call, columns);
    if (listing_count(call) == 0)
        ui_note(&call->ui, "No keys yet; run: fob keys import PROFILE");
    return FOB_OK;
}

static enum fob_status remove_key(struct command_call *call)
{
    enum fob_status status;

    fob_message_start(&call->request, FOB_REQUEST_KEYS_REMOVE);
    fob_message_put_text(&call->request, FOB_TAG_PROFILE, call->operand[1]);
    status = caller_environment_put(call);
    return status == FOB_OK ? agent_call_run(call) : status;
}

static const struct command_verb verbs[] = {
    {"import", 1, import_key},
    {"list", 0, list_keys},
    {"rotate", 1, rotate_key},
    {"remove", 1, remove_key},
    {0},
};

static enum fob_status run_keys(struct command_call *call)
{
    if (call->option[DELETE_UNUSED] != NULL &&
        strcmp(call->operand[0], "rotate") != 0)
        return command_usage(call, "--delete-unused is for rotate");
    return command_run_verb(call);
}

const struct command command_keys = {
    .name = "keys",
    .synopsis = "import PROFILE | list | rotate [--delete-unused] PROFILE | "
                "remove PROFILE",
    .summary = "keep long-term AWS access keys in the vault",
    .calls_aws = true,
    .options = options,
    .operands_min = 1,
    .operands_max = 2,
    .verbs = verbs,
    .operand = COMMAND_PROFILE,
    .run = run_keys,
};
