/* SPDX-License-Identifier: MIT */
#include "host/cli/call/agent_call.h"
#include "host/cli/call/listing.h"
#include "host/cli/parts/token_flash.h"

#include <string.h>

enum { OPEN, FORCE, BUS };

static const struct command_option options[] = {
    [OPEN] = {"open", NULL, "init, password: without a passphrase"},
    [FORCE] = {"force", NULL, "reset: ask nothing; flash: in spite of doubts"},
    [BUS] = {"bus", "PLACE", "flash: the token or board plugged in there"},
    {0},
};

static const struct listing_column facts[] = {
    {"serial", "serial", FOB_TAG_TOKEN, LISTING_TEXT},
    {"transport", "transport", FOB_TAG_TRANSPORT, LISTING_TEXT},
    {"state", "state", FOB_TAG_STATE, LISTING_TEXT},
    {"version", "version", FOB_TAG_VERSION, LISTING_TEXT},
    {"tries", "tries left", FOB_TAG_TRIES, LISTING_NUMBER},
    {"accounts", "accounts", FOB_TAG_ACCOUNTS, LISTING_NUMBER},
    {"room", "room for accounts", FOB_TAG_ROOM, LISTING_NUMBER},
    {"damaged", "damaged accounts", FOB_TAG_DAMAGED, LISTING_NUMBER},
    {"codes", "codes since its reset", FOB_TAG_USES, LISTING_NUMBER},
    {"uptime", "seconds since power-up", FOB_TAG_UPTIME, LISTING_NUMBER},
    {"wear", "flash sectors opened", FOB_TAG_WEAR, LISTING_NUMBER},
    {"repairs", "repairs after power cuts", FOB_TAG_REPAIRS, LISTING_NUMBER},
    {0},
};

/* Of codes that were given and that fob did not ask for. */
static const struct listing_column strangers[] = {
    {"number", "CODE", FOB_TAG_NUMBER, LISTING_NUMBER},
    {"name", "NAME ON THE TOKEN", FOB_TAG_NAME, LISTING_TEXT},
    {"time", "OF", FOB_TAG_TIME, LISTING_TIME},
    {"counter", "COUNTER", FOB_TAG_COUNTER, LISTING_NUMBER},
    {"touched", "TOUCHED", FOB_TAG_TOUCHED, LISTING_FLAG},
    {0},
};

/* Ask for `type` of the token in the operand, or of the one that FOB_TOKEN
 * names. */
static enum fob_status ask_about(struct command_call *call,
                                 enum fob_message_type type)
{
    fob_message_start(&call->request, type);
    if (call->operand_count > 1)
        fob_message_put_text(&call->request, FOB_TAG_TOKEN, call->operand[1]);
    if (call->option[OPEN] != NULL)
        fob_message_put_number(&call->request, FOB_TAG_UNSEALED, 1);
    if (call->option[FORCE] != NULL)
        fob_message_put_number(&call->request, FOB_TAG_FORCE, 1);
    return agent_call_run(call);
}

static enum fob_status list_tokens(struct command_call *call)
{
    static const struct listing_column columns[] = {
        {"serial", "SERIAL", FOB_TAG_TOKEN, LISTING_TEXT},
        {"state", "STATE", FOB_TAG_STATE, LISTING_TEXT},
        {"accounts", "ACCOUNTS", FOB_TAG_ACCOUNTS, LISTING_NUMBER},
        {"room", NULL, FOB_TAG_ROOM, LISTING_NUMBER},
        {"id", NULL, FOB_TAG_ID, LISTING_TEXT},
        {"transport", "TRANSPORT", FOB_TAG_TRANSPORT, LISTING_TEXT},
        {"version", "VERSION", FOB_TAG_VERSION, LISTING_TEXT},
        {"printed", "PRINTED", FOB_TAG_PRINTED, LISTING_NUMBER},
        {0},
    };
    enum fob_status status = ask_about(call, FOB_REQUEST_TOKEN_LIST);

    if (status == FOB_OK)
        listing_put(call, columns);
    return status;
}

static enum fob_status list_accounts(struct command_call *call)
{
    static const struct listing_column columns[] = {
        {"name", "NAME ON THE TOKEN", FOB_TAG_EXISTING, LISTING_TEXT},
        {"type", "TYPE", FOB_TAG_TYPE, LISTING_TEXT},
        {"hash", "HASH", FOB_TAG_HASH, LISTING_TEXT},
        {"period", NULL, FOB_TAG_PERIOD, LISTING_NUMBER},
        {"digits", NULL, FOB_TAG_DIGITS, LISTING_NUMBER},
        {"account", "ACCOUNT", FOB_TAG_NAME, LISTING_TEXT},
        {0},
    };
    enum fob_status status = ask_about(call, FOB_REQUEST_TOKEN_ACCOUNTS);

    if (status == FOB_OK)
        listing_put(call, columns);
    return status;
}

static void put_info(struct command_call *call)
{
    struct fob_reader fields;
    struct fob_field number;
    struct json json;

    if (!call->ui.is_json) {
        listing_put_one(call, facts);
        listing_put(call, strangers);
        return;
    }
    fob_message_fields(&call->reply, &fields);
    json_start(&json, &call->output);
    json_open_object(&json, NULL);
    listing_put_members(&json, &fields, facts);
    if (fob_message_find(&call->reply, FOB_TAG_NUMBER, &number))
        listing_put_array(&json, "strangers", &call->reply, strangers);
    json_close_object(&json);
    json_end(&json);
}

static enum fob_status show_info(struct command_call *call)
{
    enum fob_status status = ask_about(call, FOB_REQUEST_TOKEN_INFO);

    if (status == FOB_OK)
        put_info(call);
    return status;
}

static enum fob_status init_token(struct command_call *call)
{
    static const struct listing_column members[] = {
        {"serial", NULL, FOB_TAG_TOKEN, LISTING_TEXT},
        {0},
    };
    enum fob_status status = ask_about(call, FOB_REQUEST_TOKEN_INIT);

    if (status != FOB_OK)
        return status;
    if (call->ui.is_json) {
        listing_put_one(call, members);
        return FOB_OK;
    }
    status = command_put_field(call, FOB_TAG_TOKEN, "serial");
    output_put_char(&call->output, '\n');
    return status;
}

static enum fob_status unlock_token(struct command_call *call)
{
    return ask_about(call, FOB_REQUEST_TOKEN_UNLOCK);
}

static enum fob_status lock_token(struct command_call *call)
{
    return ask_about(call, FOB_REQUEST_TOKEN_LOCK);
}

static enum fob_status change_password(struct command_call *call)
{
    return ask_about(call, FOB_REQUEST_TOKEN_PASSWORD);
}

static enum fob_status reset_token(struct command_call *call)
{
    return ask_about(call, FOB_REQUEST_TOKEN_RESET);
}

static enum fob_status identify_token(struct command_call *call)
{
    return ask_about(call, FOB_REQUEST_TOKEN_IDENTIFY);
}

static enum fob_status reset_time(struct command_call *call)
{
    fob_message_start(&call->request, FOB_REQUEST_TOKEN_TIME);
    fob_message_put_text(&call->request, FOB_TAG_NAME, call->operand[1]);
    return agent_call_run(call);
}

static enum fob_status flash_token(struct command_call *call)
{
    const struct token_flash what = {
        .file = call->operand[1],
        .serial = call->operand[2],
        .bus = call->option[BUS],
        .is_forced = call->option[FORCE] != NULL,
    };

    return token_flash(call, &what);
}

static const struct command_verb verbs[] = {
    {"list", 0, list_tokens},
    {"info", COMMAND_OPTIONAL, show_info},
    {"accounts", COMMAND_OPTIONAL, list_accounts},
    {"identify", COMMAND_OPTIONAL, identify_token},
    {"unlock", COMMAND_OPTIONAL, unlock_token},
    {"lock", COMMAND_OPTIONAL, lock_token},
    {"init", COMMAND_OPTIONAL, init_token},
    {"password", COMMAND_OPTIONAL, change_password},
    {"reset", COMMAND_OPTIONAL, reset_token},
    {"time-reset", 1, reset_time},
    {"flash", 1 | COMMAND_OPTIONAL, flash_token},
    {0},
};

const struct command command_token = {
    .name = "token",
    .synopsis =
        "list | (info | accounts | identify | unlock | lock) [SERIAL] |\n(init "
        "| password) [--open] [SERIAL] | reset [--force] [SERIAL] |\n"
        "time-reset NAME | flash [--force] [--bus PLACE] FILE [SERIAL]",
    .summary = "look after hardware tokens",
    .examples = "fob token list\n"
                "fob token init\n"
                "fob token flash fob-pico.uf2",
    .options = options,
    .operands_min = 1,
    .operands_max = 3,
    .verbs = verbs,
};
