/* SPDX-License-Identifier: MIT */
#include "host/cli/ui/tty.h"

#include "host/base/shown.h"
#include "host/cli/ui/terminal.h"
#include "src/wipe.h"

#include <signal.h>
#include <unistd.h>

/* No hand types a second line so fast, and no link delays one so long. */
enum { PROMPT_MAX = 2048, PASTE_MS = 100 };

static void drop_newline(struct fob_secret *answer)
{
    if (answer->len > 0 && answer->data[answer->len - 1] == '\n')
        answer->data[--answer->len] = '\0';
}

/* One line, without its newline; none on a signal. */
static enum fob_status read_line(const struct terminal *terminal,
                                 struct fob_secret *answer)
{
    enum terminal_event event = terminal_wait(terminal, -1);
    ssize_t got;

    if (event == TERMINAL_SIGNAL)
        return FOB_OK;
    if (event != TERMINAL_TYPED)
        return FOB_E_NOBODY;
    got = read(terminal->fd, answer->data, answer->cap);
    if (got <= 0)
        return FOB_E_NOBODY;
    answer->len = (size_t)got;
    /* Half an answer is another one. */
    if (answer->len == answer->cap && answer->data[answer->len - 1] != '\n')
        return FOB_E_TOO_LONG;
    drop_newline(answer);
    return FOB_OK;
}

/* The other lines of a paste, of which the last may have no end. */
static enum fob_status read_rest(const struct terminal *terminal,
                                 struct fob_secret *answer)
{
    size_t line_len = answer->len;
    ssize_t got;

    terminal_take_keys(terminal);
    while (terminal_wait(terminal, PASTE_MS) == TERMINAL_TYPED) {
        if (answer->len == line_len && answer->len < answer->cap)
            answer->data[answer->len++] = '\n';
        if (answer->len == answer->cap)
            return FOB_E_TOO_LONG;
        got = read(terminal->fd, answer->data + answer->len,
                   answer->cap - answer->len);
        if (got <= 0)
            break;
        answer->len += (size_t)got;
    }
    drop_newline(answer);
    return FOB_OK;
}

/* A prompt may quote what came from elsewhere. */
static void put_shown(const struct terminal *terminal, const char *text)
{
    char shown[PROMPT_MAX];

    fob_shown_put_lines(shown, sizeof(shown), text);
    terminal_put(terminal, shown);
    fob_wipe(shown, sizeof(shown)); /* a code may be among it */
}

struct question {
    const char *prompt;
    bool is_shown;
    bool is_pasted; /* what follows the first line at once belongs to it */
    bool (*is_answered)(void *context); /* or NULL */
    void *context;
};

/* What is typed while an unseen answer is being checked is most likely another
 * try at it. */
static enum fob_status put_question(struct terminal *terminal,
                                    const struct question *question,
                                    struct fob_secret *answer, int *number)
{
    enum fob_status status;

    put_shown(terminal, question->prompt);
    status = read_line(terminal, answer);
    if (question->is_pasted && status == FOB_OK && !terminal_has_signal())
        status = read_rest(terminal, answer);
    if (!question->is_shown || status != FOB_OK || terminal_has_signal())
        terminal_put(terminal, "\n");
    if (status == FOB_OK && !question->is_shown && !terminal_has_signal())
        terminal_hold(terminal);
    else
        *number = terminal_leave(terminal);
    return status;
}

/* A prompt cut by a signal leaves its number in *number. */
static enum fob_status ask_once(struct terminal *terminal,
                                const struct question *question,
                                struct fob_secret *answer, int *number)
{
    if (!terminal_enter(terminal,
                        question->is_shown ? TERMINAL_LINE : TERMINAL_UNSEEN))
        return FOB_E_NOBODY;
    if (!terminal->has_waited || question->is_answered == NULL ||
        !question->is_answered(question->context))
        return put_question(terminal, question, answer, number);
    *number = terminal_leave(terminal);
    return FOB_E_NOBODY;
}

static enum fob_status ask_question(const struct question *question,
                                    struct fob_secret *answer)
{
    struct terminal terminal;
    enum fob_status status;
    int number;

    if (!terminal_open(&terminal))
        return FOB_E_NOBODY;
    status = fob_secret_alloc(answer, TTY_ANSWER_MAX);
    while (status == FOB_OK) {
        number = 0;
        status = ask_once(&terminal, question, answer, &number);
        if (number == 0)
            break;
        /* The terminal is in order, so the signal may do what it does.  One
         * that stops us is over when we get here again. */
        raise(number);
        status = FOB_OK;
    }
    terminal_close(&terminal);
    if (status != FOB_OK)
        fob_secret_free(answer);
    return status;
}

enum fob_status tty_ask(const char *prompt, bool is_shown,
                        struct fob_secret *answer)
{
    const struct question question = {.prompt = prompt, .is_shown = is_shown};

    return ask_question(&question, answer);
}

enum fob_status tty_ask_pasted(const char *prompt, struct fob_secret *answer)
{
    const struct question question = {.prompt = prompt, .is_pasted = true};

    return ask_question(&question, answer);
}

enum fob_status tty_ask_unless(const char *prompt,
                               bool (*is_answered)(void *context),
                               void *context, struct fob_secret *answer)
{
    const struct question question = {
        .prompt = prompt, .is_answered = is_answered, .context = context};

    return ask_question(&question, answer);
}

void tty_go_on(void)
{
    terminal_release();
}

bool tty_is_there(void)
{
    struct terminal terminal;

    if (!terminal_open(&terminal))
        return false;
    terminal_close(&terminal);
    return true;
}

void tty_say(const char *text)
{
    struct terminal terminal;

    if (!terminal_open(&terminal))
        return;
    put_shown(&terminal, text);
    terminal_put(&terminal, "\n");
    terminal_close(&terminal);
}
