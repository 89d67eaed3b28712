/* SPDX-License-Identifier: MIT */
#include "host/cli/completion_words.h"

#include "host/cli/call/agent_call.h"
#include "host/config/profile.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATIENCE_S = 1 };

enum kind {
    KIND_NONE, /* files, if anything */
    KIND_ACCOUNT,
    KIND_PROFILE,
    KIND_COMMAND,
};

/* What the operands of a command are: first one of `verbs`, if it has any,
 * then `operand`. */
static const struct grammar {
    const char *command;
    const char *verbs; /* words with a space after each; NULL: none */
    enum kind operand;
} grammars[] = {
    {"code", NULL, KIND_ACCOUNT},
    {"pair", NULL, KIND_ACCOUNT},
    {"watch", NULL, KIND_ACCOUNT},
    {"rename", NULL, KIND_ACCOUNT},
    {"remove", NULL, KIND_ACCOUNT},
    {"export", NULL, KIND_ACCOUNT},
    {"credentials", NULL, KIND_PROFILE},
    {"env", NULL, KIND_PROFILE},
    {"exec", NULL, KIND_PROFILE},
    {"setup", NULL, KIND_PROFILE},
    {"login", NULL, KIND_PROFILE},
    {"keys", "import list rotate remove ", KIND_PROFILE},
    {"agent", "start stop status ", KIND_NONE},
    {"token", "list info identify unlock init password reset time-reset flash ",
     KIND_NONE},
    {"vault", "status passphrase key-file slot ", KIND_NONE},
    {"completion", "bash zsh fish ", KIND_NONE},
    {"help", NULL, KIND_COMMAND},
    {0},
};

/* Values of options, by the name that the help has for them. */
static const struct {
    const char *value;
    const char *words;
    enum kind kind;
} values[] = {
    {"FORM", "process env json ini ", KIND_NONE},
    {"SHELL", "sh fish csh pwsh ", KIND_NONE},
    {"PROFILE", NULL, KIND_PROFILE},
};

struct completion {
    struct command_call *call;
    const char *part; /* the word at the cursor, as far as it goes */
};

static void put(const struct completion *it, const char *word, size_t len)
{
    size_t typed = strlen(it->part);

    if (len < typed || memcmp(word, it->part, typed) != 0 ||
        memchr(word, '\n', len))
        return;
    output_put(&it->call->output, word, len);
    output_put_char(&it->call->output, '\n');
}

static void put_list(const struct completion *it, const char *words)
{
    while (words && *words) {
        size_t len = strcspn(words, " ");

        put(it, words, len);
        words += len + 1;
    }
}

static void put_option(const struct completion *it, const char *name)
{
    char word[64] = "--";

    strncat(word, name, sizeof(word) - 3);
    put(it, word, strlen(word));
}

static void put_commands(const struct completion *it)
{
    for (size_t i = 0; command_table[i]; i++)
        put(it, command_table[i]->name, strlen(command_table[i]->name));
    put_list(it, "help version ");
    if (it->part[0] == '-')
        put_list(it, "-q -v --json --help --version ");
}

static void put_profiles(const struct completion *it)
{
    struct fob_profile_paths paths;
    struct fob_profiles all = {0};
    struct fob_error ignored;

    if (fob_profile_find_paths((const char *const *)environ, &paths,
                               &ignored) == FOB_OK &&
        fob_profiles_load(&all, &paths, &ignored) == FOB_OK)
        for (size_t i = 0; i < all.count; i++)
            put(it, all.names[i], strlen(all.names[i]));
    fob_profiles_free(&all);
}

static bool ask_agent(struct command_call *call, enum fob_message_type type)
{
    bool running, good;

    fob_message_start(&call->request, type);
    good = exchange_run_if_running(call, &running) == FOB_OK && running;
    fob_error_clear(&call->error);
    return good;
}

/* A locked agent would ask, or wait for another that is just asking. */
static void put_accounts(const struct completion *it)
{
    struct command_call *call = it->call;
    const char *no_agent = getenv("FOB_NO_AGENT");
    struct fob_reader all, fields;
    struct fob_field field, name;

    if ((no_agent && strcmp(no_agent, "1") == 0) ||
        !ask_agent(call, FOB_REQUEST_STATUS) ||
        fob_message_number(&call->reply, FOB_TAG_LOCKED, 1) != 0 ||
        !ask_agent(call, FOB_REQUEST_LIST))
        return;
    fob_message_fields(&call->reply, &all);
    while (fob_message_next(&all, &field)) {
        if (field.tag != FOB_TAG_RECORD)
            continue;
        fob_field_fields(&field, &fields);
        if (fob_fields_find(&fields, FOB_TAG_NAME, &name))
            put(it, (const char *)name.data, name.len);
    }
}

static void put_kind(const struct completion *it, enum kind kind)
{
    if (kind == KIND_ACCOUNT)
        put_accounts(it);
    else if (kind == KIND_PROFILE)
        put_profiles(it);
    else if (kind == KIND_COMMAND)
        put_commands(it);
}

/* The option that `word` names, or NULL. */
static const struct command_option *find_option(const struct command *command,
                                                const char *word)
{
    const struct command_option *option = command->options;

    if (strncmp(word, "--", 2) != 0)
        return NULL;
    for (; option && option->name; option++)
        if (strcmp(option->name, word + 2) == 0)
            return option;
    return NULL;
}

static void put_value(const struct completion *it, const char *value)
{
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        if (strcmp(values[i].value, value) == 0) {
            put_list(it, values[i].words);
            put_kind(it, values[i].kind);
        }
    }
}

static void put_options(const struct completion *it,
                        const struct command *command)
{
    for (const struct command_option *option = command->options;
         option && option->name; option++)
        put_option(it, option->name);
    put_option(it, "help");
}

static void put_operand(const struct completion *it, const char *command,
                        int operands)
{
    const struct grammar *grammar = grammars;

    while (grammar->command && strcmp(grammar->command, command) != 0)
        grammar++;
    if (!grammar->command)
        return;
    if (grammar->verbs && operands == 0)
        put_list(it, grammar->verbs);
    else if (operands == (grammar->verbs ? 1 : 0))
        put_kind(it, grammar->operand);
}

/* The words after the command's name; the last is the one to complete. */
static void put_argument(const struct completion *it,
                         const struct command *command, char *const *words,
                         int count)
{
    const struct command_option *option = NULL;
    int operands = 0;

    for (int i = 0; i < count - 1; i++) {
        if (strcmp(words[i], "--") == 0)
            return;
        if (option && option->value) {
            option = NULL;
            continue;
        }
        option = find_option(command, words[i]);
        operands += words[i][0] != '-';
    }
    if (option && option->value)
        put_value(it, option->value);
    else if (it->part[0] == '-')
        put_options(it, command);
    else
        put_operand(it, command->name, operands);
}

void completion_put_words(struct command_call *call, char *const *words,
                          int count)
{
    const struct completion it = {call, count > 0 ? words[count - 1] : ""};
    const struct command *command;
    int at = 0;

    call->ui.is_quiet = true;
    call->is_unattended = true;
    alarm(PATIENCE_S);
    while (at < count - 1 && words[at][0] == '-')
        at++;
    if (at >= count - 1) {
        put_commands(&it);
        return;
    }
    command = command_find(words[at]);
    if (command)
        put_argument(&it, command, words + at + 1, count - at - 1);
    else if (strcmp(words[at], "help") == 0)
        put_operand(&it, "help", count - at - 2);
}
