/* SPDX-License-Identifier: MIT */
#include "host/cli/call/new_passphrase.h"

#include "host/base/text.h"
#include "host/base/written_code.h"
#include "host/cli/ui/pinentry.h"
#include "host/cli/ui/tty.h"
#include "src/wipe.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>

enum {
    TRIES = 5,
    SHORT_LEN = 12, /* bytes; below, it is said */
    LEAD_MAX = 400,
    PROMPT_MAX = LEAD_MAX + FOB_ERROR_TEXT_MAX,
};

struct asking {
    struct command_call *call;
    const char *program; /* "": the terminal */
    char lead[LEAD_MAX]; /* goes before the next prompt; lines, or "" */
};

/* What it is for, before anybody thinks of one. */
static const char *lead_of(enum fob_question question)
{
    switch (question) {
    case FOB_QUESTION_NEW_PASSPHRASE:
        return "It opens your seeds and keys, and nobody can recover it: write "
               "it down, or\nkeep it where you keep others.\n";
    case FOB_QUESTION_NEW_BACKUP:
    case FOB_QUESTION_NEW_EXPORT:
        return "Whoever gets the file can try at it for as long as they like: "
               "take a long one.\n";
    default:
        return "";
    }
}

/* A window has its own lines. */
static void join_lines(char *text)
{
    for (; *text != '\0'; text++)
        if (*text == '\n')
            *text = ' ';
}

static enum fob_status ask_once(struct asking *asking, const char *text,
                                struct fob_secret *answer)
{
    bool is_window = asking->program[0] != '\0';
    char prompt[PROMPT_MAX];
    enum fob_status status =
        fob_text_format(prompt, sizeof(prompt), "%s%s%s", asking->lead, text,
                        is_window ? "" : ": ");

    fob_wipe(asking->lead, sizeof(asking->lead));
    if (status != FOB_OK)
        return FOB_E_NOBODY;
    if (is_window) {
        join_lines(prompt);
        status = pinentry_ask(asking->program, "passphrase", prompt, answer,
                              &asking->call->error);
    } else {
        status = tty_ask(prompt, false, answer);
    }
    fob_wipe(prompt, sizeof(prompt));
    if (status == FOB_E_TOO_LONG)
        return fob_error_set(&asking->call->error, status,
                             "more than %d bytes were typed", TTY_ANSWER_MAX);
    return status == FOB_OK || is_window ? status : FOB_E_NOBODY;
}

/* An empty one: here is another. */
static void offer_word(struct asking *asking)
{
    uint8_t word[FOB_WRITTEN_WORD_LEN];
    char text[FOB_WRITTEN_WORD_TEXT_LEN + 1];

    (void)!fob_text_copy(asking->lead, sizeof(asking->lead),
                         "An empty one opens nothing.\n");
    if (getrandom(word, sizeof(word), 0) != (ssize_t)sizeof(word))
        return;
    fob_written_word_format(word, text);
    (void)!fob_text_format(asking->lead, sizeof(asking->lead),
                           "An empty one opens nothing.  Made for you, of 80 "
                           "random bits:\n\n    %s\n\nWrite it down and type "
                           "it, or one of your own.\n",
                           text);
    fob_wipe(text, sizeof(text));
    fob_wipe(word, sizeof(word));
}

/* Of what is known of it: its length. */
static void weigh_answer(struct asking *asking, const struct fob_secret *answer)
{
    if (answer->len < SHORT_LEN)
        (void)!fob_text_format(asking->lead, sizeof(asking->lead),
                               "That is short, with %zu bytes: programs guess "
                               "such ones.  Four words that\nhave nothing to "
                               "do with each other, or 16 letters, are hard.\n",
                               answer->len);
}

static bool is_same(const struct fob_secret *a, const struct fob_secret *b)
{
    return a->len == b->len && fob_equal(a->data, b->data, a->len);
}

/* Once, and what nobody can see being typed is typed twice; FOB_E_EXISTS: not
 * the same, or empty, and once more. */
static enum fob_status ask_pair(struct asking *asking, const char *text,
                                struct fob_secret *answer)
{
    struct fob_secret again = {0};
    enum fob_status status = ask_once(asking, text, answer);

    if (status != FOB_OK)
        return status;
    if (answer->len == 0) {
        offer_word(asking);
        return FOB_E_EXISTS;
    }
    weigh_answer(asking, answer);
    status = ask_once(asking, "The same again", &again);
    if (status == FOB_OK && !is_same(answer, &again)) {
        (void)!fob_text_copy(asking->lead, sizeof(asking->lead),
                             "These two differ.\n");
        status = FOB_E_EXISTS;
    }
    fob_secret_free(&again);
    return status;
}

enum fob_status new_passphrase_ask(struct command_call *call,
                                   const char *program,
                                   enum fob_question question, const char *text,
                                   struct fob_secret *answer)
{
    struct asking asking = {.call = call, .program = program};
    enum fob_status status =
        fob_text_copy(asking.lead, sizeof(asking.lead), lead_of(question));

    for (int i = 0; i < TRIES; i++) {
        if (status == FOB_OK || status == FOB_E_EXISTS)
            status = ask_pair(&asking, text, answer);
        if (status != FOB_E_EXISTS)
            break;
        fob_secret_free(answer);
    }
    fob_wipe(asking.lead, sizeof(asking.lead));
    if (status == FOB_OK)
        return FOB_OK;
    fob_secret_free(answer);
    return status != FOB_E_EXISTS
               ? status
               : fob_error_set(&call->error, FOB_E_NOBODY,
                               "the new passphrase was not typed the same "
                               "twice");
}
