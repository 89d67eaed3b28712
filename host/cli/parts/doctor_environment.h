/* SPDX-License-Identifier: MIT */
/* What the caller's own environment hides or breaks.  It holds secrets, which
 * the agent is not sent: so it is looked at here, and only names leave. */
#ifndef FOB_HOST_CLI_PARTS_DOCTOR_ENVIRONMENT_H
#define FOB_HOST_CLI_PARTS_DOCTOR_ENVIRONMENT_H

#include "host/base/error.h"

struct doctor_environment {
    void *context;
    /* `level` is "ok", "note" or "problem"; `hint` may be "". */
    void (*put)(void *context, const char *level, const char *text,
                const char *hint);
};

void doctor_environment_check(const struct doctor_environment *to);

#endif
