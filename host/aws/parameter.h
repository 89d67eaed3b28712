/* SPDX-License-Identifier: MIT */
/* The service models' limits on parameters; for sts.c and iam.c only. */
#ifndef FOB_HOST_AWS_PARAMETER_H
#define FOB_HOST_AWS_PARAMETER_H

#include "host/base/error.h"

#include <stddef.h>

#define PARAMETER_DIGITS "0123456789"
#define PARAMETER_WORD                                                         \
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" PARAMETER_DIGITS "_"

struct parameter_rule {
    const char *name; /* as the service spells it */
    size_t min;       /* characters, not bytes */
    size_t max;
    const char *of; /* the characters allowed; NULL: any text of UTF-8 */
};

/* FOB_E_USAGE, error set without the value, when `value` breaks the rule. */
FOB_MUST_CHECK enum fob_status
parameter_check(const struct parameter_rule *rule, const char *value,
                struct fob_error *error);

/* The same for one that may be left out: NULL and "" are good. */
FOB_MUST_CHECK enum fob_status
parameter_check_optional(const struct parameter_rule *rule, const char *value,
                         struct fob_error *error);

#endif
