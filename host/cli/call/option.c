/* SPDX-License-Identifier: MIT */
#include "host/cli/call/option.h"

#include "host/cli/call/common.h"
#include "host/cli/call/refuse.h"

#include <string.h>

/* An option, and where its value goes; neither of one of common_globals, whose
 * index is then `global`. */
struct place {
    const struct command_option *option;
    const char **value;
};

static bool has_name(const struct command_option *option, const char *name,
                     size_t len)
{
    return strlen(option->name) == len && memcmp(option->name, name, len) == 0;
}

static bool find_global(const char *name, size_t len, struct place *place)
{
    for (size_t i = 0; common_globals[i].name != NULL; i++) {
        if (has_name(&common_globals[i], name, len)) {
            *place = (struct place){&common_globals[i], NULL};
            return true;
        }
    }
    return false;
}

static bool find_option(struct command_call *call, const char *name, size_t len,
                        struct place *place)
{
    const struct command_option *option = call->command->options;

    for (int i = 0; option != NULL && option[i].name != NULL; i++) {
        if (has_name(&option[i], name, len)) {
            *place = (struct place){&option[i], &call->option[i]};
            return true;
        }
    }
    for (int i = 0; i < COMMON_COUNT; i++) {
        option = common_find(call->command, (enum command_common)i);
        if (option != NULL && has_name(option, name, len)) {
            *place = (struct place){option, &call->common[i]};
            return true;
        }
    }
    return find_global(name, len, place);
}

static bool find_letter(struct command_call *call, char letter,
                        struct place *place)
{
    const char *name;

    for (size_t at = 0; (name = common_next_name(letter, &at)) != NULL;)
        if (find_option(call, name, strlen(name), place))
            return true;
    return false;
}

static void take_global(struct option_reading *it, const char *name)
{
    if (strcmp(name, "json") == 0)
        it->call->ui.is_json = true;
    else if (strcmp(name, "quiet") == 0)
        it->call->ui.is_quiet = true;
    else if (strcmp(name, "verbose") == 0)
        it->call->ui.is_verbose = true;
    else
        it->is_help = true;
}

/* A list may be empty: it then names nothing, instead of everything. */
static bool is_list(const struct command_option *option)
{
    return strcmp(option->value, "LIST") == 0;
}

/* Take an option whose value is `attached`, or else the next word. */
static enum fob_status take_option(struct option_reading *it,
                                   const struct place *place,
                                   const char *attached)
{
    const struct command_option *option = place->option;

    if (option->value == NULL && attached != NULL)
        return command_usage(it->call, "--%s takes no value", option->name);
    if (place->value == NULL) {
        take_global(it, option->name);
        return FOB_OK;
    }
    if (*place->value != NULL)
        return command_usage(it->call, "--%s is given twice", option->name);
    if (option->value == NULL)
        attached = "";
    else if (attached == NULL && *it->words != NULL)
        attached = *it->words++;
    if (attached == NULL)
        return command_usage(it->call, "--%s needs %s", option->name,
                             option->value);
    if (option->value != NULL && attached[0] == '\0' && !is_list(option))
        return command_usage(it->call, "the %s of --%s is empty", option->value,
                             option->name);
    *place->value = attached;
    return FOB_OK;
}

static enum fob_status read_long(struct option_reading *it, const char *name)
{
    size_t len = strcspn(name, "=");
    struct place place;

    if (!find_option(it->call, name, len, &place))
        return refuse_option(it->call, name, len);
    return take_option(it, &place, name[len] == '=' ? name + len + 1 : NULL);
}

/* "-qd1h" is "-q -d 1h". */
static enum fob_status read_letters(struct option_reading *it,
                                    const char *letters)
{
    struct place place;
    enum fob_status status = FOB_OK;

    for (; status == FOB_OK && *letters != '\0'; letters++) {
        if (!find_letter(it->call, *letters, &place))
            return refuse_letter(it->call, *letters);
        if (place.option->value != NULL)
            return take_option(it, &place,
                               letters[1] != '\0' ? letters + 1 : NULL);
        status = take_option(it, &place, NULL);
    }
    return status;
}

enum fob_status option_read(struct option_reading *it)
{
    const char *word = *it->words++;

    return word[1] == '-' ? read_long(it, word + 2)
                          : read_letters(it, word + 1);
}

bool option_take_global(struct command_call *call, const char *word)
{
    struct option_reading it = {.call = call};
    struct place place;
    const char *name;

    if (strncmp(word, "--", 2) == 0) {
        if (!find_global(word + 2, strlen(word + 2), &place))
            return false;
        take_global(&it, place.option->name);
        return !it.is_help;
    }
    for (word++; *word != '\0'; word++) {
        size_t at = 0;

        name = common_next_name(*word, &at);
        if (name == NULL || !find_global(name, strlen(name), &place))
            return false;
        take_global(&it, name);
    }
    return !it.is_help;
}
