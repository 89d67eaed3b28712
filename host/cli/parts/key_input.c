/* SPDX-License-Identifier: MIT */
#include "host/cli/parts/key_input.h"

#include "host/cli/ui/input.h"
#include "host/cli/ui/tty.h"

#include <unistd.h>

enum { KEY_TEXT_MAX = 64 * 1024 };

static enum fob_status ask_part(struct command_call *call, const char *prompt,
                                bool is_shown, struct fob_secret *lines)
{
    struct fob_secret answer = {0};
    enum fob_status status = tty_ask(prompt, is_shown, &answer);

    if (status != FOB_OK)
        fob_error_set(&call->error, status, "nothing was typed");
    else if (answer.len == 0)
        status = fob_error_set(&call->error, FOB_E_SYNTAX, "nothing was typed");
    else if (fob_secret_append(lines, answer.data, answer.len) != FOB_OK ||
             fob_secret_append(lines, "\n", 1) != FOB_OK)
        status = fob_error_no_memory(&call->error);
    fob_secret_free(&answer);
    return status;
}

static enum fob_status ask_key(struct command_call *call,
                               struct fob_secret *lines)
{
    enum fob_status status = ask_part(call, "Access key ID: ", true, lines);

    if (status == FOB_OK)
        status = ask_part(call, "Secret access key: ", false, lines);
    tty_go_on();
    return status;
}

enum fob_status key_input_put(struct command_call *call)
{
    struct fob_secret text = {0};
    enum fob_status status =
        isatty(STDIN_FILENO)
            ? ask_key(call, &text)
            : input_read("-", KEY_TEXT_MAX, &text, &call->error);

    if (status == FOB_OK && text.len == 0)
        status = fob_error_set(&call->error, FOB_E_SYNTAX,
                               "stdin is empty: no key was given");
    if (status == FOB_OK)
        fob_message_put(&call->request, FOB_TAG_DATA, text.data, text.len);
    fob_secret_free(&text);
    return status;
}
