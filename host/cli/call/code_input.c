/* SPDX-License-Identifier: MIT */
#include "host/cli/call/code_input.h"

#include "host/base/six_digits.h"
#include "src/wipe.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { LINE_CAP = 32 };

/* The bytes before the newline, which is taken; -1 on a fault. */
static ssize_t read_line(char line[static LINE_CAP])
{
    ssize_t len = 0, got = 1;

    while (len < LINE_CAP) {
        do
            got = read(STDIN_FILENO, line + len, 1);
        while (got < 0 && errno == EINTR);
        if (got <= 0 || line[len] == '\n')
            break;
        len++;
    }
    return got < 0 ? -1 : len;
}

enum fob_status code_input_put(struct command_call *call, int option)
{
    char line[LINE_CAP], code[FOB_SIX_DIGITS + 1] = "";
    ssize_t len;
    bool is_code;

    if (strcmp(call->option[option], "-") != 0)
        return command_usage(call, "--code takes -: a code comes by stdin, not "
                                   "in an argument");
    if (call->has_read_code)
        return FOB_OK;
    call->has_read_code = true;
    len = read_line(line);
    is_code = len > 0 && fob_six_digits(line, (size_t)len, code);
    if (is_code)
        fob_message_put_text(&call->request, FOB_TAG_CODE, code);
    fob_wipe(line, sizeof(line));
    fob_wipe(code, sizeof(code));
    return is_code ? FOB_OK
                   : fob_error_set(&call->error, FOB_E_SYNTAX,
                                   "the first line of stdin is not six digits");
}
