/* SPDX-License-Identifier: MIT */
#include "host/cli/call/arguments.h"

#include "host/base/text.h"
#include "host/cli/call/option.h"
#include "src/otpauth.h"

#include <string.h>

enum { DURATION_MAX_S = 7 * 86400 };

static bool is_option(const char *word)
{
    return word[0] == '-' && word[1] != '\0';
}

/* Whether this word, the first that is no option, or the second, is the first
 * of the command line that call->command is put before. */
static bool begins_other(struct command_call *call, const char *word)
{
    if (!call->command->is_prefix)
        return false;
    if (call->profile != NULL || call->common[COMMON_PROFILE] != NULL)
        return true;
    call->profile = word;
    return false;
}

/* Options and operands, which are put one after the other from call->operand
 * on, up to what is nothing but operands. */
static enum fob_status read_words(struct option_reading *it)
{
    struct command_call *call = it->call;
    enum fob_status status = FOB_OK;

    while (status == FOB_OK && !it->is_help && *it->words != NULL) {
        char *word = *it->words;

        if (strcmp(word, "--") == 0) {
            call->operands_ahead = call->operand_count;
            it->words++;
            break;
        }
        if (is_option(word)) {
            status = option_read(it);
        } else if (begins_other(call, word)) {
            break;
        } else {
            it->words++;
            if (!call->command->is_prefix)
                call->operand[call->operand_count++] = word;
        }
    }
    return status;
}

/* Of a verb that there is not, the verb is what is wrong. */
static bool takes_profile(const struct command_call *call)
{
    const struct command_verb *verb = call->command->verbs;

    if (call->command->operand != COMMAND_PROFILE)
        return false;
    for (; verb != NULL && verb->name != NULL; verb++)
        if (call->operand_count > 0 &&
            strcmp(verb->name, call->operand[0]) == 0)
            return (verb->operands & COMMAND_OF_PROFILE) != 0;
    return true;
}

/* Take PROFILE out of the operands. */
static void take_profile(struct command_call *call)
{
    int at = call->command->verbs != NULL ? 1 : 0;

    if (call->command->is_prefix || at >= call->operand_count)
        return;
    call->profile = call->operand[at];
    call->operand_count--;
    for (int i = at; i <= call->operand_count; i++)
        call->operand[i] = call->operand[i + 1];
}

static enum fob_status find_profile(struct command_call *call)
{
    const char *named = call->common[COMMON_PROFILE];

    if (!takes_profile(call))
        return named == NULL ? FOB_OK
                             : command_usage(call, "--profile is for others");
    take_profile(call);
    if (call->profile == NULL)
        call->profile = named;
    if (call->profile != NULL && call->profile[0] == '\0')
        return command_usage(call, "PROFILE is empty; is a variable not set?");
    if (named != NULL && strcmp(named, call->profile) != 0)
        return command_usage(call, "PROFILE and --profile differ");
    return FOB_OK;
}

/* Operands that are not another program's. */
static int count_own(const struct command_call *call)
{
    if (call->command->is_prefix)
        return 0;
    if (call->command->passes_words && call->operand_count > 0)
        return call->operands_ahead == 0 ? 0 : 1;
    return call->operand_count;
}

/* `fob add "$NAME"`, with NAME unset, is no `fob add`. */
static enum fob_status check_empty(struct command_call *call)
{
    int count = count_own(call);

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

/* A URI with a seed in it; "steam:alice" is an account's name. */
static bool is_seed(const char *word)
{
    enum fob_otpauth_wrong kind;

    if (word == NULL || strchr(word, ':') == NULL)
        return false;
    kind = fob_otpauth_kind((struct fob_span){word, strlen(word)});
    return kind == FOB_OTPAUTH_RIGHT || kind == FOB_OTPAUTH_MIGRATION ||
           ((kind == FOB_OTPAUTH_STEAM || kind == FOB_OTPAUTH_MOTP) &&
            strstr(word, "://") != NULL);
}

/* Whatever a command would say of it repeats it: to a screen, and to a log. */
static enum fob_status check_seeds(struct command_call *call)
{
    bool has_seed = is_seed(call->profile);
    int count = count_own(call);

    for (int i = 0; i < count; i++)
        has_seed = has_seed || is_seed(call->operand[i]);
    for (int i = 0; i < COMMAND_OPTIONS_MAX; i++)
        has_seed = has_seed || is_seed(call->option[i]);
    for (int i = 0; i < COMMON_COUNT; i++)
        has_seed = has_seed || is_seed(call->common[i]);
    if (!has_seed)
        return FOB_OK;
    fob_error_set(&call->error, FOB_E_USAGE,
                  "%s: a URI belongs on stdin, for other users can read a "
                  "command line",
                  call->command->name);
    fob_error_hint(&call->error, "fob import -");
    return FOB_E_USAGE;
}

void arguments_find_json(struct command_call *call, char *const *words)
{
    for (; *words != NULL && strcmp(*words, "--") != 0; words++)
        if (strcmp(*words, "--json") == 0)
            call->ui.is_json = true;
}

enum fob_status arguments_read(struct command_call *call, char **words,
                               bool *is_help)
{
    struct option_reading it = {.call = call, .words = words};
    enum fob_status status;

    call->operand = words; /* never ahead of it.words */
    call->operand_count = 0;
    call->operands_ahead = -1;
    status = read_words(&it);
    *is_help = status == FOB_OK && it.is_help;
    if (status != FOB_OK)
        arguments_find_json(call, it.words);
    if (status != FOB_OK || it.is_help)
        return status;
    while (*it.words != NULL)
        call->operand[call->operand_count++] = *it.words++;
    call->operand[call->operand_count] = NULL;
    status = check_seeds(call);
    if (status == FOB_OK)
        status = find_profile(call);
    return status == FOB_OK ? check_operands(call) : status;
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
    case 'd':
        return 86400;
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
