/* SPDX-License-Identifier: MIT */
#include "host/cli/call/agent_call.h"
#include "host/cli/call/caller_environment.h"
#include "host/cli/call/listing.h"
#include "host/cli/ui/input.h"

#include <string.h>

enum { RESTORE_MAX = FOB_MESSAGE_MAX - 64 * 1024 }; /* room for the rest */

static const struct listing_column columns[] = {
    {"kind", NULL, FOB_TAG_TYPE, LISTING_TEXT},
    {"name", "NAME", FOB_TAG_NAME, LISTING_TEXT},
    {"id", "ID", FOB_TAG_ACCESS_KEY_ID, LISTING_TEXT},
    {"profile", "PROFILE", FOB_TAG_PROFILE, LISTING_TEXT},
    {"status", "STATUS", FOB_TAG_RESULT, LISTING_TEXT},
    {"was", NULL, FOB_TAG_OLD_NAME, LISTING_TEXT},
    {"place", NULL, FOB_TAG_PLACE, LISTING_TEXT},
    {0},
};

static enum fob_status put_file(struct command_call *call)
{
    struct fob_secret content = {0};
    enum fob_status status =
        input_read(call->operand[0], RESTORE_MAX, &content, &call->error);

    if (status == FOB_OK)
        fob_message_put(&call->request, FOB_TAG_DATA, content.data,
                        content.len);
    fob_secret_free(&content);
    return status;
}

static bool has_result(const struct fob_reader *fields, const char *result)
{
    char text[16];

    return fob_fields_text(fields, FOB_TAG_RESULT, text, sizeof(text)) ==
               FOB_OK &&
           strcmp(text, result) == 0;
}

static void note_record(struct command_call *call,
                        const struct fob_reader *fields)
{
    char name[FOB_NAME_MAX + 1], was[FOB_NAME_MAX + 1];
    bool is_account =
        fob_fields_text(fields, FOB_TAG_NAME, name, sizeof(name)) == FOB_OK;

    if (is_account && has_result(fields, "renamed") &&
        fob_fields_text(fields, FOB_TAG_OLD_NAME, was, sizeof(was)) == FOB_OK)
        ui_note(&call->ui,
                "%s of the backup is %s here: another account has its name.",
                was, name);
    if (is_account && has_result(fields, "differs"))
        ui_note(&call->ui,
                "The seed of %s has other parameters here, and keeps them.",
                name);
    if (has_result(fields, "left out"))
        ui_note(&call->ui, "Something of a newer fob was left out: restore it "
                           "again once that is installed.");
}

static void note_records(struct command_call *call)
{
    struct fob_reader at, fields;

    fob_message_fields(&call->reply, &at);
    while (listing_next(&at, &fields))
        note_record(call, &fields);
}

static enum fob_status run_restore(struct command_call *call)
{
    enum fob_status status;

    fob_message_start(&call->request, FOB_REQUEST_RESTORE);
    status = caller_environment_put(call);
    if (status == FOB_OK)
        status = put_file(call);
    if (status == FOB_OK)
        status = agent_call_run(call);
    if (status != FOB_OK)
        return status;
    listing_put(call, columns);
    note_records(call);
    if (listing_count(call) == 0)
        ui_note(&call->ui, "The backup is of an empty vault.");
    return FOB_OK;
}

const struct command command_restore = {
    .name = "restore",
    .synopsis = "FILE",
    .summary = "put a backup into the vault, beside what is there",
    .examples = "fob restore /media/usb/fob.backup",
    .operands_min = 1,
    .operands_max = 1,
    .run = run_restore,
};
