/* SPDX-License-Identifier: MIT */
#include "host/agent/remote/confirm_program.h"

#include "host/base/child.h"
#include "host/base/text.h"
#include "host/config/profile.h"

#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { SAID_MAX = 8192, DIALOGUE_MAX = 8192, LINE_MAX_LEN = 2048 };

/* Our side of a dialogue with a pinentry, which answers line by line: all of it
 * can be said at once. */
struct dialogue {
    char text[DIALOGUE_MAX];
    size_t len;
    size_t commands;
    bool is_cut;
};

/* Assuan wants '%', CR and LF as %XX. */
static enum fob_status escape_value(const char *value,
                                    char line[static LINE_MAX_LEN])
{
    size_t len = 0;

    for (; *value != '\0'; value++) {
        if (len + 4 > LINE_MAX_LEN)
            return FOB_E_TOO_LONG;
        if (*value == '%' || *value == '\n' || *value == '\r') {
            line[len++] = '%';
            fob_text_hex(value, 1, line + len);
            len += 2;
        } else
            line[len++] = *value;
    }
    line[len] = '\0';
    return FOB_OK;
}

static void put_command(struct dialogue *dialogue, const char *command,
                        const char *value)
{
    char escaped[LINE_MAX_LEN];
    size_t cap = sizeof(dialogue->text) - dialogue->len;

    if (value == NULL)
        return;
    if (escape_value(value, escaped) != FOB_OK ||
        fob_text_format(dialogue->text + dialogue->len, cap, "%s%s\n", command,
                        escaped) != FOB_OK) {
        dialogue->is_cut = true;
        return;
    }
    dialogue->len += strlen(dialogue->text + dialogue->len);
    dialogue->commands++;
}

static void make_dialogue(const struct confirm_program *ask,
                          const char *const *variables,
                          struct dialogue *dialogue)
{
    char patience[16];

    (void)!fob_text_format(patience, sizeof(patience), "%d", ask->patience_s);
    put_command(dialogue,
                "OPTION ttyname=", fob_profile_env(variables, "GPG_TTY"));
    put_command(dialogue,
                "OPTION ttytype=", fob_profile_env(variables, "TERM"));
    put_command(dialogue,
                "OPTION lc-ctype=", fob_profile_env(variables, "LANG"));
    put_command(dialogue, "SETTITLE ", "fob");
    put_command(dialogue, "SETDESC ", ask->text);
    put_command(dialogue, "SETOK ", "Give it");
    put_command(dialogue, "SETCANCEL ", "Refuse");
    put_command(dialogue, "SETTIMEOUT ", patience);
    put_command(dialogue, "CONFIRM", "");
}

static bool has_word(const char *line, size_t len, const char *word)
{
    size_t word_len = strlen(word);

    return len >= word_len && memcmp(line, word, word_len) == 0 &&
           (len == word_len || line[word_len] == ' ' || line[word_len] == '\r');
}

/* Only what stands where CONFIRM's own answer belongs is a yes. */
enum confirm_answer confirm_program_read_pinentry(const char *said, size_t len,
                                                  size_t commands)
{
    const char *end = said + len;
    size_t answers = 0;

    while (said < end) {
        const char *newline = memchr(said, '\n', (size_t)(end - said));
        size_t line_len = (size_t)((newline != NULL ? newline : end) - said);
        bool is_good = has_word(said, line_len, "OK");

        if (is_good || has_word(said, line_len, "ERR"))
            answers++;
        if (answers == commands + 1)
            return is_good ? CONFIRM_YES : CONFIRM_NO;
        said += line_len + 1;
    }
    return CONFIRM_NOBODY;
}

enum confirm_answer confirm_program_read_askpass(const char *said, size_t len,
                                                 int exit_status)
{
    size_t line = 0;

    while (line < len && said[line] != '\n' && said[line] != '\r')
        line++;
    if (exit_status == 0 &&
        (line == 0 || (line == 3 && strncasecmp(said, "yes", line) == 0)))
        return CONFIRM_YES;
    return CONFIRM_NO;
}

static enum confirm_answer word_fault(enum fob_status status)
{
    return status == FOB_E_BUSY ? CONFIRM_UNANSWERED : CONFIRM_NOBODY;
}

enum confirm_answer confirm_program_pinentry(const struct confirm_program *ask)
{
    const char *const argv[] = {ask->path, NULL};
    const char *variables[DESKTOP_VARIABLES_MAX + 1];
    struct dialogue dialogue = {0};
    struct fob_secret said = {0};
    struct fob_error ignored;
    struct fob_child child = {.argv = argv,
                              .envp = variables,
                              .input = dialogue.text,
                              .output_max = SAID_MAX,
                              .timeout_ms = ask->patience_s * 1000};
    enum confirm_answer answer;
    enum fob_status status;
    int exit_status;

    desktop_list(ask->desktop, (const char *const *)environ, variables);
    make_dialogue(ask, variables, &dialogue);
    if (dialogue.is_cut)
        return CONFIRM_NOBODY;
    child.input_len = dialogue.len;
    status = fob_child_run(&child, &said, &exit_status, &ignored);
    answer = status == FOB_OK
                 ? confirm_program_read_pinentry((const char *)said.data,
                                                 said.len, dialogue.commands)
                 : word_fault(status);
    fob_secret_free(&said);
    return answer;
}

enum confirm_answer confirm_program_askpass(const struct confirm_program *ask)
{
    const char *const argv[] = {ask->path, ask->text, NULL};
    const char *variables[DESKTOP_VARIABLES_MAX + 2];
    struct fob_secret said = {0};
    struct fob_error ignored;
    const struct fob_child child = {.argv = argv,
                                    .envp = variables,
                                    .input = "",
                                    .output_max = SAID_MAX,
                                    .timeout_ms = ask->patience_s * 1000};
    enum confirm_answer answer;
    enum fob_status status;
    size_t count = 0;
    int exit_status;

    desktop_list(ask->desktop, (const char *const *)environ, variables);
    while (variables[count] != NULL)
        count++;
    variables[count] = "SSH_ASKPASS_PROMPT=confirm";
    variables[count + 1] = NULL;
    status = fob_child_run(&child, &said, &exit_status, &ignored);
    answer = status == FOB_OK
                 ? confirm_program_read_askpass((const char *)said.data,
                                                said.len, exit_status)
                 : word_fault(status);
    fob_secret_free(&said);
    return answer;
}
