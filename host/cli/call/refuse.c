/* SPDX-License-Identifier: MIT */
#include "host/cli/call/refuse.h"

#include "host/base/text.h"
#include "host/cli/call/common.h"
#include "host/cli/call/foreign.h"
#include "host/cli/call/suggest.h"

#include <string.h>

static enum fob_status say_foreign(struct command_call *call, const char *who,
                                   const char *dashes,
                                   const struct foreign *foreign)
{
    fob_error_set(&call->error, FOB_E_USAGE, "%s has no %s%s: %s", who, dashes,
                  foreign->word, foreign->text);
    fob_error_advise(&call->error, foreign->hint);
    return FOB_E_USAGE;
}

enum fob_status refuse_command(struct command_call *call, const char *word)
{
    const struct foreign *foreign = foreign_find_command(word);
    char text[SUGGEST_TEXT_CAP];
    struct suggest suggest = {0};

    if (foreign != NULL)
        return say_foreign(call, "fob", "", foreign);
    for (size_t i = 0; call->commands[i] != NULL; i++)
        suggest_add(&suggest, call->commands[i]->name);
    suggest_put(&suggest, "", word, strlen(word), text);
    fob_error_set(&call->error, FOB_E_USAGE, "unknown command%s", text);
    fob_error_hint(&call->error, "fob help");
    return FOB_E_USAGE;
}

static void add_options(const struct command *command, struct suggest *suggest)
{
    const struct command_option *option = command->options;

    for (; option != NULL && option->name != NULL; option++)
        suggest_add(suggest, option->name);
    for (int i = 0; i < COMMON_COUNT; i++) {
        option = common_find(command, (enum command_common)i);
        if (option != NULL)
            suggest_add(suggest, option->name);
    }
    for (size_t i = 0; common_globals[i].name != NULL; i++)
        suggest_add(suggest, common_globals[i].name);
}

enum fob_status refuse_option(struct command_call *call, const char *name,
                              size_t len)
{
    const struct foreign *foreign = NULL;
    char word[SUGGEST_WORD_LEN + 1], text[SUGGEST_TEXT_CAP];
    struct suggest suggest = {0};

    if (len <= SUGGEST_WORD_LEN) {
        memcpy(word, name, len);
        word[len] = '\0';
        foreign = foreign_find_option(call->command, word);
    }
    if (foreign != NULL)
        return say_foreign(call, call->command->name, len > 1 ? "--" : "-",
                           foreign);
    add_options(call->command, &suggest);
    suggest_put(&suggest, "--", name, len, text);
    return command_usage(call, "unknown option%s", text);
}

enum fob_status refuse_letter(struct command_call *call, char letter)
{
    const char word[] = {letter, '\0'};
    const struct foreign *foreign = foreign_find_option(call->command, word);
    bool is_name = suggest_is_name(word, 1);

    if (foreign != NULL)
        return say_foreign(call, call->command->name, "-", foreign);
    return command_usage(call, "unknown option%s%s", is_name ? " -" : "",
                         is_name ? word : "");
}
