/* SPDX-License-Identifier: MIT */
#include "host/cli/parts/completion_words.h"

#include "host/base/shown.h"
#include "host/base/text.h"
#include "host/cli/call/agent_call.h"
#include "host/cli/call/common.h"
#include "host/config/profile.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TIMEOUT_S = 1 };

struct completion {
    struct command_call *call;
    const char *part; /* the word at the cursor, as far as it goes */
};

static void put_word(const struct completion *it, const char *word, size_t len)
{
    size_t typed = strlen(it->part);

    /* Nobody can see what else is in it, so nobody can mean it. */
    if (len < typed || memcmp(word, it->part, typed) != 0 ||
        !fob_shown_is_plain(word, len))
        return;
    output_put(&it->call->output, word, len);
    output_put_char(&it->call->output, '\n');
}

static void put_list(const struct completion *it, const char *words)
{
    while (words != NULL && *words) {
        size_t len = strcspn(words, " ");

        put_word(it, words, len);
        words += len + 1;
    }
}

static void put_option(const struct completion *it, const char *name)
{
    char word[64];

    if (fob_text_format(word, sizeof(word), "--%s", name) == FOB_OK)
        put_word(it, word, strlen(word));
}

static void put_commands(const struct completion *it)
{
    const struct command *const *command = it->call->commands;

    for (; *command != NULL; command++)
        put_word(it, (*command)->name, strlen((*command)->name));
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
            put_word(it, all.names[i], strlen(all.names[i]));
    fob_profiles_free(&all);
}

static bool ask_agent(struct command_call *call, enum fob_message_type type)
{
    bool is_running, is_good;

    fob_message_start(&call->request, type);
    is_good =
        agent_call_run_if_running(call, &is_running) == FOB_OK && is_running;
    fob_error_clear(&call->error);
    return is_good;
}

/* A locked agent would ask, or wait for another that is just asking. */
static void put_accounts(const struct completion *it)
{
    struct command_call *call = it->call;
    const char *no_agent = getenv("FOB_NO_AGENT");
    struct fob_reader all, fields;
    struct fob_field field, name;

    if ((no_agent != NULL && strcmp(no_agent, "1") == 0) ||
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
            put_word(it, (const char *)name.data, name.len);
    }
}

static void put_kind(const struct completion *it, enum command_operand kind)
{
    if (kind == COMMAND_ACCOUNT)
        put_accounts(it);
    else if (kind == COMMAND_PROFILE)
        put_profiles(it);
}

/* The option that `word` names, or NULL. */
static const struct command_option *find_option(const struct command *command,
                                                const char *word)
{
    const struct command_option *option = command->options;

    if (strncmp(word, "--", 2) != 0)
        return NULL;
    for (; option != NULL && option->name != NULL; option++)
        if (strcmp(option->name, word + 2) == 0)
            return option;
    for (int i = 0; i < COMMON_COUNT; i++) {
        option = common_find(command, (enum command_common)i);
        if (option != NULL && strcmp(option->name, word + 2) == 0)
            return option;
    }
    return NULL;
}

static void put_value(const struct completion *it,
                      const struct command *command, const char *value)
{
    const struct command_choice *choice = command->choices;

    for (; choice != NULL && choice->value != NULL; choice++)
        if (strcmp(choice->value, value) == 0)
            put_list(it, choice->words);
    if (strcmp(value, "PROFILE") == 0)
        put_profiles(it);
}

static void put_options(const struct completion *it,
                        const struct command *command)
{
    for (const struct command_option *option = command->options;
         option != NULL && option->name != NULL; option++)
        put_option(it, option->name);
    for (int i = 0; i < COMMON_COUNT; i++) {
        const struct command_option *option =
            common_find(command, (enum command_common)i);

        if (option != NULL)
            put_option(it, option->name);
    }
    for (size_t i = 0; common_globals[i].name != NULL; i++)
        put_option(it, common_globals[i].name);
}

static void put_verbs(const struct completion *it,
                      const struct command_verb *verb)
{
    for (; verb->name != NULL; verb++)
        put_word(it, verb->name, strlen(verb->name));
}

/* Operand 0 is one of the verbs or words, if there are any; the next is what
 * the command is about, and one is enough. */
static void put_operand(const struct completion *it,
                        const struct command *command, int operands)
{
    bool has_verbs = command->verbs != NULL;

    if (has_verbs && operands == 0)
        put_verbs(it, command->verbs);
    else if (operands == (has_verbs ? 1 : 0)) {
        put_list(it, command->words);
        put_kind(it, command->operand);
    }
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
        if (option != NULL && option->value != NULL) {
            option = NULL;
            continue;
        }
        option = find_option(command, words[i]);
        operands += words[i][0] != '-';
    }
    if (option != NULL && option->value != NULL)
        put_value(it, command, option->value);
    else if (it->part[0] == '-')
        put_options(it, command);
    else
        put_operand(it, command, operands);
}

void completion_put_words(struct command_call *call, char *const *words,
                          int count)
{
    const struct completion it = {call, count > 0 ? words[count - 1] : ""};
    const struct command *command;
    int at = 0;

    call->ui.is_quiet = true;
    call->is_unattended = true;
    alarm(TIMEOUT_S);
    while (at < count - 1 && words[at][0] == '-')
        at++;
    if (at >= count - 1) {
        put_commands(&it);
        return;
    }
    command = command_find(call->commands, words[at]);
    if (command != NULL)
        put_argument(&it, command, words + at + 1, count - at - 1);
    else if (strcmp(words[at], "help") == 0 && count - at == 2)
        put_commands(&it);
}
