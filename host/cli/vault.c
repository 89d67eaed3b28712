/* SPDX-License-Identifier: MIT */
#include "host/base/text.h"
#include "host/cli/call/agent_call.h"
#include "host/cli/call/listing.h"
#include "host/cli/call/proof.h"

#include <string.h>

enum { KEY_FILE };

static const struct command_option options[] = {
    [KEY_FILE] = {"key-file", "FILE",
                  "prove by this key file that it is yours"},
    {0},
};

static const struct listing_column vault_columns[] = {
    {"path", "path", FOB_TAG_PATH, LISTING_TEXT},
    {"generation", "generation", FOB_TAG_NUMBER, LISTING_NUMBER},
    {0},
};

static const struct listing_column slot_columns[] = {
    {"id", "SLOT", FOB_TAG_NUMBER, LISTING_NUMBER},
    {"type", "TYPE", FOB_TAG_TYPE, LISTING_TEXT},
    {0},
};

/* As JSON the slots alone, an array as all listings are. */
static void put_status(struct command_call *call)
{
    if (!call->ui.is_json)
        listing_put_one(call, vault_columns);
    listing_put(call, slot_columns);
}

static enum fob_status show_status(struct command_call *call)
{
    enum fob_status status;

    if (call->option[KEY_FILE] != NULL)
        return command_usage(call, "--key-file is for what changes the slots");
    fob_message_start(&call->request, FOB_REQUEST_VAULT_STATUS);
    status = agent_call_run(call);
    if (status == FOB_OK)
        put_status(call);
    return status;
}

/* Whatever changes a way in is asked for one. */
static enum fob_status run_change(struct command_call *call)
{
    enum fob_status status =
        proof_put_file(call, FOB_TAG_PROOF, call->option[KEY_FILE]);

    return status == FOB_OK ? agent_call_run(call) : status;
}

static enum fob_status change_passphrase(struct command_call *call)
{
    fob_message_start(&call->request, FOB_REQUEST_VAULT_PASSPHRASE);
    return run_change(call);
}

static enum fob_status add_key_file(struct command_call *call)
{
    enum fob_status status;

    fob_message_start(&call->request, FOB_REQUEST_VAULT_KEY_FILE);
    status = proof_put_file(call, FOB_TAG_DATA, call->operand[1]);
    return status == FOB_OK ? run_change(call) : status;
}

static enum fob_status remove_slot(struct command_call *call)
{
    uint64_t slot;

    if (strcmp(call->operand[1], "remove") != 0 ||
        fob_text_number(call->operand[2], UINT32_MAX, &slot) != FOB_OK)
        return command_usage(call, "slot remove takes a slot's number");
    fob_message_start(&call->request, FOB_REQUEST_VAULT_SLOT_REMOVE);
    fob_message_put_number(&call->request, FOB_TAG_NUMBER, slot);
    return run_change(call);
}

static const struct command_verb verbs[] = {
    {"status", 0, show_status},
    {"passphrase", 0, change_passphrase},
    {"key-file", 1, add_key_file},
    {"slot", 2, remove_slot},
    {0},
};

const struct command command_vault = {
    .name = "vault",
    .synopsis = "status | [--key-file FILE] (passphrase | key-file NEW | "
                "slot remove NUMBER)",
    .summary = "show and change what opens the vault",
    .examples = "fob vault status\n"
                "fob vault passphrase",
    .options = options,
    .operands_min = 1,
    .operands_max = 3,
    .verbs = verbs,
};
