/* SPDX-License-Identifier: MIT */
#include "host/cli/call/arguments.h"

#include "host/base/text.h"

#include <string.h>

enum { DURATION_MAX_S = 7 * 86400 };

/* The index of the option called by the `len` bytes at `name`, or -1. */
static int find_option(const struct command *command, const char *name,
                       size_t len)
{
    const struct command_option *option = command->options;

    for (int i = 0; option != NULL && option[i].name != NULL; i++)
        if (strlen(option[i].name) == len &&
            memcmp(option[i].name, name, len) == 0)
            return i;
    return -1;
}

static bool is_trust_clock(const struct command *command, const char *word)
{
    return command->calls_aws && strncmp(word, "--", 2) == 0 &&
           strcmp(word + 2, command_trust_clock.name) == 0;
}

/* Take the option at *words, with its value when it has one; *words is left
 * at the last word taken. */
static enum fob_status take_option(struct command_call *call, char ***words)
{
    const char *word = **words + 2;
    size_t len = strcspn(word, "=");
    int i = find_option(call->command, word, len);
    const struct command_option *option;

    if (is_trust_clock(call->command, **words)) {
        call->trusts_clock = true;
        return FOB_OK;
    }
    if (strncmp(**words, "--", 2) != 0 || i < 0)
        return command_usage(call, "unknown option");
    option = &call->command->options[i];
    if (call->option[i] != NULL)
        return command_usage(call, "--%s is given twice", option->name);
    if (option->value == NULL && word[len] == '=')
        return command_usage(call, "--%s takes no value", option->name);
    if (option->value != NULL && word[len] != '=' && (*words)[1] == NULL)
        return command_usage(call, "--%s needs %s", option->name,
                             option->value);
    if (option->value == NULL)
        call->option[i] = "";
    else if (word[len] == '=')
        call->option[i] = word + len + 1;
    else
        call->option[i] = *++*words;
    if (option->value != NULL && call->option[i][0] == '\0')
        return command_usage(call, "the %s of --%s is empty", option->value,
                             option->name);
    return FOB_OK;
}

/* `fob add "$NAME"`, with NAME unset, is no `fob add`. */
static enum fob_status check_empty(struct command_call *call)
{
    int count = call->operand_count;

    if (call->command->passes_words && count > 0)
        count = call->operands_ahead == 0 ? 0 : 1;
    for (int i = 0; i < count; i++)
        if (call->operand[i][0] == '\0')
            return command_usage(
                call, "operand %d is empty; is a variable not set?", i + 1);
    return FOB_OK;
}

static enum fob_status check_operands(struct command_call *call)
{
    const struct command *command = call->command;

    if (call->operand_count < command->operands_min)
        return command_usage(call, "too few operands");
    if (call->operand_count > command->operands_max)
        return command_usage(call, "too many operands");
    return check_empty(call);
}

enum fob_status arguments_read(struct command_call *call, char **words,
                               bool *is_help)
{
    char **operand = words; /* never ahead of `words` */
    bool may_be_option = true;

    *is_help = false;
    call->operand = operand;
    call->operands_ahead = -1;
    for (; *words != NULL; words++) {
        if (may_be_option && strcmp(*words, "--") == 0) {
            call->operands_ahead = (int)(operand - call->operand);
            may_be_option = false;
        } else if (may_be_option && (strcmp(*words, "--help") == 0 ||
                                     strcmp(*words, "-h") == 0)) {
            *is_help = true;
            return FOB_OK;
        } else if (may_be_option && (*words)[0] == '-' && (*words)[1] != '\0') {
            enum fob_status status = take_option(call, &words);

            if (status != FOB_OK)
                return status;
        } else {
            *operand++ = *words;
        }
    }
    *operand = NULL;
    call->operand_count = (int)(operand - call->operand);
    return check_operands(call);
}

enum fob_status arguments_number(struct command_call *call, int option,
                                 uint64_t fallback, uint64_t *number)
{
    *number = fallback;
    if (call->option[option] == NULL)
        return FOB_OK;
    if (fob_text_number(call->option[option], INT64_MAX, number) != FOB_OK)
        return command_usage(call, "--%s needs a number",
                             call->command->options[option].name);
    return FOB_OK;
}

static uint64_t unit_seconds(char unit)
{
    switch (unit) {
    case 's':
        return 1;
    case 'm':
        return 60;
    case 'h':
        return 3600;
    default:
        return 0;
    }
}

enum fob_status arguments_duration(struct command_call *call, int option,
                                   uint64_t *seconds)
{
    const char *text = call->option[option];
    char digits[8] = "";
    uint64_t unit = 1, count;
    size_t len;

    *seconds = 0;
    if (text == NULL)
        return FOB_OK;
    len = strspn(text, "0123456789");
    if (text[len] != '\0')
        unit = text[len + 1] == '\0' ? unit_seconds(text[len]) : 0;
    if (len < sizeof(digits))
        memcpy(digits, text, len);
    if (unit == 0 ||
        fob_text_number(digits, DURATION_MAX_S / unit, &count) != FOB_OK ||
        count == 0)
        return command_usage(call, "--%s needs seconds, or a time like 1h",
                             call->command->options[option].name);
    *seconds = count * unit;
    return FOB_OK;
}
