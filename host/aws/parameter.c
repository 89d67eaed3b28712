/* SPDX-License-Identifier: MIT */
#include "host/aws/parameter.h"

#include "src/utf8.h"

#include <string.h>

static size_t count_characters(const char *text)
{
    size_t count = 0;

    for (; *text != '\0'; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80;
    return count;
}

enum fob_status parameter_check(const struct parameter_rule *rule,
                                const char *value, struct fob_error *error)
{
    size_t count = count_characters(value);

    if (count < rule->min || count > rule->max) {
        if (rule->min == rule->max)
            return fob_error_set(error, FOB_E_USAGE,
                                 "%s must have %zu characters", rule->name,
                                 rule->min);
        return fob_error_set(error, FOB_E_USAGE,
                             "%s must have %zu to %zu characters", rule->name,
                             rule->min, rule->max);
    }
    if (rule->of == NULL ? fob_utf8_is_text(value, strlen(value))
                         : value[strspn(value, rule->of)] == '\0')
        return FOB_OK;
    return fob_error_set(error, FOB_E_USAGE,
                         "%s holds a character that AWS does not take",
                         rule->name);
}

enum fob_status parameter_check_optional(const struct parameter_rule *rule,
                                         const char *value,
                                         struct fob_error *error)
{
    if (value == NULL || *value == '\0')
        return FOB_OK;
    return parameter_check(rule, value, error);
}
