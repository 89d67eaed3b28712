/* SPDX-License-Identifier: MIT */
/* What AWS's error codes and messages mean; for refusal.c only. */
#ifndef FOB_HOST_AWS_REFUSAL_ROWS_H
#define FOB_HOST_AWS_REFUSAL_ROWS_H

#include "host/aws/refusal.h"

struct refusal_row {
    const char *code; /* without a final "Exception" */
    const char *part; /* of the message; NULL fits all */
    enum fob_refusal kind;
    const char *why;
    const char *hint;
    bool for_profile; /* the hint is to end in the profile's name */
};

/* The first row that fits, or NULL. */
const struct refusal_row *refusal_find(const char *code, const char *message);

#endif
