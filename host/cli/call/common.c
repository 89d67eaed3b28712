/* SPDX-License-Identifier: MIT */
#include "host/cli/call/common.h"

#include <string.h>

const struct command_option common_globals[] = {
    {"json", NULL, "listings and errors as JSON"},
    {"quiet", NULL, "no notes and no progress"},
    {"verbose", NULL, "progress also where there is no terminal"},
    {"help", NULL, "what the command does"},
    {0},
};

static const struct command_option options[COMMON_COUNT] = {
    [COMMON_PROFILE] = {"profile", "PROFILE",
                        "the same as PROFILE; else AWS_PROFILE counts"},
    [COMMON_REGION] = {"region", "REGION", "instead of the profile's region"},
    [COMMON_TRUST_CLOCK] = {"trust-clock", NULL,
                            "believe an endpoint whose clock is a day off"},
};

/* Letters that users of other tools have in their fingers; where the same
 * stands twice, each command has at most one of the two. */
static const struct {
    char letter;
    const char *name;
} letters[] = {
    {'d', "duration"}, {'s', "server"},  {'s', "print"},
    {'q', "quiet"},    {'v', "verbose"}, {'h', "help"},
};

enum { LETTERS = sizeof(letters) / sizeof(letters[0]) };

static bool is_taken(const struct command *command, enum command_common index)
{
    switch (index) {
    case COMMON_PROFILE:
        return command->operand == COMMAND_PROFILE;
    case COMMON_REGION:
        return command->has_region;
    case COMMON_TRUST_CLOCK:
        return command->calls_aws;
    case COMMON_COUNT:
        break;
    }
    return false;
}

const struct command_option *common_find(const struct command *command,
                                         enum command_common index)
{
    return is_taken(command, index) ? &options[index] : NULL;
}

char common_letter(const char *name)
{
    for (size_t i = 0; i < LETTERS; i++)
        if (strcmp(letters[i].name, name) == 0)
            return letters[i].letter;
    return '\0';
}

const char *common_next_name(char letter, size_t *at)
{
    while (*at < LETTERS) {
        size_t i = (*at)++;

        if (letters[i].letter == letter)
            return letters[i].name;
    }
    return NULL;
}
