/* SPDX-License-Identifier: MIT */
/* A code as a person types it or pipes it in. */
#ifndef FOB_HOST_BASE_SIX_DIGITS_H
#define FOB_HOST_BASE_SIX_DIGITS_H

#include <stdbool.h>
#include <stddef.h>

enum { FOB_SIX_DIGITS = 6 };

/* Six digits and nothing else but blanks and dashes, with which authenticators
 * show them in groups; what ends a line may follow.  Else false, and `code` is
 * "". */
bool fob_six_digits(const void *typed, size_t len,
                    char code[static FOB_SIX_DIGITS + 1]);

#endif
