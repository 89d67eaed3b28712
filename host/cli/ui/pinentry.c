/* SPDX-License-Identifier: MIT */
#include "host/cli/ui/pinentry.h"

#include "host/base/child.h"
#include "host/base/shown.h"
#include "host/cli/ui/output.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    SAID_MAX = 8192,
    TIMEOUT_MS = 5 * 60 * 1000,
    DESCRIPTION_MAX =
        300, /* a line of Assuan has 1000 bytes, escapes included */
};

/* The Assuan line syntax wants '%', CR and LF as %XX, and has a limit. */
static void put_escaped(struct output *dialogue, const char *text)
{
    for (; *text; text++) {
        if (*text == '%')
            output_put_text(dialogue, "%25");
        else if (*text == '\n')
            output_put_text(dialogue, "%0A");
        else if (*text != '\r')
            output_put_char(dialogue, *text);
    }
}

static void put_option(struct output *dialogue, const char *name,
                       const char *value)
{
    if (value == NULL)
        return;
    output_put_text(dialogue, "OPTION ");
    output_put_text(dialogue, name);
    output_put_char(dialogue, '=');
    put_escaped(dialogue, value);
    output_put_char(dialogue, '\n');
}

/* A pinentry answers line by line, so the whole of our side can be said at
 * once. */
static void put_dialogue(struct output *dialogue, const char *prompt,
                         const char *text)
{
    const char *tty = ttyname(STDIN_FILENO);
    char shown[DESCRIPTION_MAX + 1];

    put_option(dialogue, "ttyname", tty != NULL ? tty : "/dev/tty");
    put_option(dialogue, "ttytype", getenv("TERM"));
    put_option(dialogue, "lc-ctype", getenv("LANG"));
    output_put_text(dialogue, "SETTITLE fob\nSETPROMPT ");
    output_put_char(dialogue, (char)toupper((unsigned char)prompt[0]));
    put_escaped(dialogue, prompt + 1);
    output_put_text(dialogue, ":\nSETDESC ");
    fob_shown_put_lines(shown, sizeof(shown), text);
    put_escaped(dialogue, shown);
    output_put_text(dialogue, "\nGETPIN\nBYE\n");
}

/* 0 to 15, or -1. */
static int hex_digit(uint8_t digit)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    const char *at = digit ? strchr(digits, digit) : NULL;

    return at != NULL ? (int)(at - digits) % 16 : -1;
}

static enum fob_status decode_answer(const uint8_t *data, size_t len,
                                     struct fob_secret *answer)
{
    enum fob_status status = fob_secret_alloc(answer, len);

    if (status != FOB_OK)
        return status;
    for (size_t i = 0; i < len; i++) {
        bool is_escaped = data[i] == '%' && len - i > 2 &&
                          hex_digit(data[i + 1]) >= 0 &&
                          hex_digit(data[i + 2]) >= 0;
        int byte = data[i];

        if (is_escaped) {
            byte = hex_digit(data[i + 1]) * 16 + hex_digit(data[i + 2]);
            i += 2;
        }
        answer->data[answer->len++] = (uint8_t)byte;
    }
    return FOB_OK;
}

enum fob_status pinentry_parse(const struct fob_secret *said,
                               struct fob_secret *answer)
{
    const uint8_t *at = said->data;
    size_t left = said->len;

    while (left > 0) {
        const uint8_t *end = memchr(at, '\n', left);
        size_t len = end != NULL ? (size_t)(end - at) : left;

        if (len >= 2 && at[0] == 'D' && at[1] == ' ')
            return decode_answer(at + 2, len - 2, answer);
        left -= end != NULL ? len + 1 : len;
        at = end != NULL ? end + 1 : at;
    }
    return FOB_E_NOT_FOUND;
}

enum fob_status pinentry_ask(const char *program, const char *prompt,
                             const char *text, struct fob_secret *answer,
                             struct fob_error *error)
{
    const char *const arguments[] = {program, NULL};
    struct output dialogue = {0};
    struct fob_secret said = {0};
    struct fob_child child = {
        .argv = arguments,
        .envp = (const char *const *)environ,
        .output_max = SAID_MAX,
        .timeout_ms = TIMEOUT_MS,
    };
    enum fob_status status;
    int exit_status;

    put_dialogue(&dialogue, prompt, text);
    child.input = dialogue.data.data;
    child.input_len = dialogue.data.len;
    status = dialogue.status;
    if (status == FOB_OK)
        status = fob_child_run(&child, &said, &exit_status, error);
    if (status == FOB_OK)
        status = pinentry_parse(&said, answer);
    if (status == FOB_E_NOT_FOUND)
        status = fob_error_set(error, FOB_E_NOBODY, "%s gave no %s", program,
                               prompt);
    fob_secret_free(&said);
    output_free(&dialogue);
    return status;
}
