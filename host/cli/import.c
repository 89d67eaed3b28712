/* SPDX-License-Identifier: MIT */
#include "host/cli/call/agent_call.h"
#include "host/cli/import/import_files.h"
#include "host/cli/import/import_told.h"

enum { PASSWORD_FILE, FORCE, LIST };

static const struct command_option options[] = {
    [PASSWORD_FILE] = {"password-file", "FILE",
                       "holds the password of an encrypted export"},
    [FORCE] = {"force", NULL,
               "take short secrets, and exports of which codes are missing"},
    [LIST] = {"list", NULL, "show what the files hold, and store nothing"},
    {0},
};

static enum fob_status run_import(struct command_call *call)
{
    enum fob_status status;

    call->password_file = call->option[PASSWORD_FILE];
    fob_message_start(&call->request, FOB_REQUEST_IMPORT);
    if (call->option[FORCE] != NULL)
        fob_message_put_number(&call->request, FOB_TAG_FORCE, 1);
    if (call->option[LIST] != NULL)
        fob_message_put_number(&call->request, FOB_TAG_LIST, 1);
    status = import_files_put(call);
    if (status == FOB_OK)
        status = agent_call_run(call);
    return status == FOB_OK ? import_told_put(call) : status;
}

const struct command command_import = {
    .name = "import",
    .synopsis = "[--password-file FILE] [--force] [--list] FILE...",
    .summary = "take accounts over from another authenticator",
    .examples = "fob import aegis-export.json\n"
                "fob import export-1.png export-2.png",
    .options = options,
    .operands_min = 1,
    .operands_max = COMMAND_ANY,
    .run = run_import,
};
