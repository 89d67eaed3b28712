/* SPDX-License-Identifier: MIT */
#include "host/base/file_new.h"
#include "host/cli/call/agent_call.h"
#include "host/cli/call/caller_environment.h"
#include "host/cli/call/listing.h"
#include "host/cli/call/proof.h"
#include "host/cli/parts/backup_code.h"

#include <string.h>
#include <unistd.h>

enum { CODE_FILE, PASSPHRASE, KEY_FILE };

static const struct command_option options[] = {
    [CODE_FILE] = {"code-file", "FILE",
                   "write the code there, a new file, and show it nowhere"},
    [PASSPHRASE] =
        {"passphrase", NULL,
         "seal it under a passphrase of yours, which can be guessed"},
    [KEY_FILE] = {"key-file", "FILE",
                  "prove by this key file that the vault is yours"},
    {0},
};

static bool is_stdout(const struct command_call *call)
{
    return strcmp(call->operand[0], "-") == 0;
}

/* All that can be known to go wrong, before anybody is asked anything. */
static enum fob_status check_call(struct command_call *call)
{
    const char *code_file = call->option[CODE_FILE];
    bool has_code = call->option[PASSPHRASE] == NULL;
    enum fob_status status = FOB_OK;

    if (!has_code && code_file != NULL)
        return command_usage(call, "--passphrase makes no code for a file");
    if (is_stdout(call) && isatty(STDOUT_FILENO))
        return command_usage(call, "stdout is a terminal: redirect it");
    if (!is_stdout(call))
        status = fob_file_new_check(call->operand[0], &call->error);
    if (status == FOB_OK && has_code)
        status = backup_code_check(code_file, &call->error);
    return status;
}

static enum fob_status ask_agent(struct command_call *call)
{
    enum fob_status status;

    fob_message_start(&call->request, FOB_REQUEST_BACKUP);
    if (call->option[PASSPHRASE] != NULL)
        fob_message_put_number(&call->request, FOB_TAG_GUESSABLE, 1);
    status = proof_put_file(call, FOB_TAG_PROOF, call->option[KEY_FILE]);
    if (status == FOB_OK)
        status = caller_environment_put(call);
    return status == FOB_OK ? agent_call_run(call) : status;
}

static enum fob_status give_code(struct command_call *call)
{
    return call->option[PASSPHRASE] != NULL
               ? FOB_OK
               : backup_code_give(&call->reply, call->option[CODE_FILE],
                                  &call->error);
}

/* The file has its name only once its code is with the person. */
static enum fob_status write_file(struct command_call *call,
                                  const struct fob_field *data)
{
    struct fob_file_new file = {0};
    enum fob_status status = fob_file_new_write(
        &file, call->operand[0], data->data, data->len, &call->error);

    if (status == FOB_OK)
        status = give_code(call);
    if (status == FOB_OK) {
        status = fob_file_new_place(&file, &call->error);
        if (status != FOB_OK && call->option[CODE_FILE] != NULL)
            unlink(call->option[CODE_FILE]);
    }
    fob_file_new_end(&file);
    return status;
}

static enum fob_status write_backup(struct command_call *call)
{
    struct fob_field data;
    enum fob_status status;

    if (!fob_message_find(&call->reply, FOB_TAG_DATA, &data))
        return fob_error_set(&call->error, FOB_E_AGENT,
                             "the agent's answer lacks the backup");
    if (!is_stdout(call))
        return write_file(call, &data);
    status = give_code(call);
    if (status == FOB_OK)
        output_put(&call->output, data.data, data.len);
    return status;
}

/* The seed of an account on a token is there and nowhere else. */
static void note_record(struct command_call *call,
                        const struct fob_reader *fields)
{
    char name[FOB_NAME_MAX + 1], place[FOB_NAME_MAX + 1];

    if (fob_fields_text(fields, FOB_TAG_NAME, name, sizeof(name)) == FOB_OK &&
        fob_fields_text(fields, FOB_TAG_PLACE, place, sizeof(place)) ==
            FOB_OK &&
        strcmp(place, "vault") != 0)
        ui_note(&call->ui,
                "Not in it: the seed of %s, which never leaves token %s.", name,
                place);
}

static void note_contents(struct command_call *call)
{
    struct fob_reader at, fields;

    fob_message_fields(&call->reply, &at);
    while (listing_next(&at, &fields))
        note_record(call, &fields);
    if (call->option[PASSPHRASE] != NULL)
        ui_note(&call->ui, "Whoever has the file can try passphrases at it for "
                           "as long as they like; a code cannot be guessed.");
}

static void put_contents(struct command_call *call)
{
    static const struct listing_column members[] = {
        {"name", NULL, FOB_TAG_NAME, LISTING_TEXT},
        {"place", NULL, FOB_TAG_PLACE, LISTING_TEXT},
        {"id", NULL, FOB_TAG_ACCESS_KEY_ID, LISTING_TEXT},
        {"profile", NULL, FOB_TAG_PROFILE, LISTING_TEXT},
        {0},
    };

    if (call->ui.is_json && !is_stdout(call))
        listing_put(call, members);
}

static enum fob_status run_backup(struct command_call *call)
{
    enum fob_status status = check_call(call);

    if (status == FOB_OK)
        status = ask_agent(call);
    if (status == FOB_OK)
        status = write_backup(call);
    if (status != FOB_OK)
        return status;
    note_contents(call);
    put_contents(call);
    return FOB_OK;
}

const struct command command_backup = {
    .name = "backup",
    .synopsis = "[--code-file FILE | --passphrase] [--key-file FILE] FILE",
    .summary = "copy the whole vault to a file that opens anywhere",
    .examples = "fob backup /media/usb/fob.backup",
    .options = options,
    .operands_min = 1,
    .operands_max = 1,
    .run = run_backup,
};
