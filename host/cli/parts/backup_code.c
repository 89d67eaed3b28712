/* SPDX-License-Identifier: MIT */
#include "host/cli/parts/backup_code.h"

#include "host/base/file_new.h"
#include "host/base/text.h"
#include "host/cli/ui/tty.h"
#include "src/wipe.h"

#include <string.h>

enum { CODE_MAX = 64 };

static enum fob_status fault_nobody(struct fob_error *error)
{
    fob_error_set(
        error, FOB_E_NOBODY,
        "the backup's code is shown on a terminal, and there is none");
    fob_error_hint(error, "run it again with --code-file FILE");
    return FOB_E_NOBODY;
}

enum fob_status backup_code_check(const char *path, struct fob_error *error)
{
    if (path != NULL)
        return fob_file_new_check(path, error);
    return tty_is_there() ? FOB_OK : fault_nobody(error);
}

static enum fob_status write_code(const char *path, const char *code,
                                  struct fob_error *error)
{
    struct fob_file_new file = {0};
    char line[CODE_MAX + 2];
    enum fob_status status = fob_text_format(line, sizeof(line), "%s\n", code);

    if (status == FOB_OK)
        status = fob_file_new_write(&file, path, line, strlen(line), error);
    if (status == FOB_OK)
        status = fob_file_new_place(&file, error);
    fob_file_new_end(&file);
    fob_wipe(line, sizeof(line));
    return status;
}

static enum fob_status show_code(const char *code, struct fob_error *error)
{
    char line[CODE_MAX + 8];
    enum fob_status status =
        fob_text_format(line, sizeof(line), "\n    %s\n", code);

    if (status != FOB_OK || !tty_is_there())
        return fault_nobody(error);
    tty_say("This code opens the backup.  It is shown once, and is nowhere "
            "else:");
    tty_say(line);
    tty_say("Write it down, and keep it where the file is not.");
    fob_wipe(line, sizeof(line));
    return FOB_OK;
}

enum fob_status backup_code_give(const struct fob_message *reply,
                                 const char *path, struct fob_error *error)
{
    char code[CODE_MAX + 1];
    enum fob_status status =
        fob_message_text(reply, FOB_TAG_CODE, code, sizeof(code));

    if (status != FOB_OK)
        return fob_error_set(error, FOB_E_AGENT,
                             "the agent's answer lacks the code");
    status =
        path != NULL ? write_code(path, code, error) : show_code(code, error);
    fob_wipe(code, sizeof(code));
    return status;
}
