/* SPDX-License-Identifier: MIT */
/* Bounded text building and a few questions about text. */
#ifndef FOB_HOST_BASE_TEXT_H
#define FOB_HOST_BASE_TEXT_H

#include "src/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* snprintf that tells: FOB_E_TOO_LONG, and "" left, when it does not fit. */
__attribute__((format(printf, 3, 4))) FOB_MUST_CHECK enum fob_status
fob_text_format(char *text, size_t cap, const char *format, ...);

/* All of `text`; FOB_E_TOO_LONG, and "" left, when it does not fit.  The two
 * may not overlap. */
FOB_MUST_CHECK enum fob_status fob_text_copy(char *out, size_t cap,
                                             const char *text);

/* Whether `part` occurs in `text`, letters of ASCII compared without case. */
bool fob_text_contains(const char *text, const char *part);

/* A non-negative decimal number and nothing else; FOB_E_SYNTAX otherwise. */
FOB_MUST_CHECK enum fob_status fob_text_number(const char *text, uint64_t max,
                                               uint64_t *number);

/* Lower-case hex, NUL-ended; `hex` has room for 2 * len + 1. */
void fob_text_hex(const void *data, size_t len, char *hex);

/* RFC 3339 in UTC, "2026-11-23T17:33:00Z", and back (a fraction and an offset
 * of Z, +00:00 or -00:00 are read).  FOB_E_SYNTAX otherwise.  Times beyond
 * the years 0 to 9999 are written as the nearest within. */
enum { FOB_TEXT_TIME_LEN = 20 };
void fob_text_time(int64_t unix_s, char text[static FOB_TEXT_TIME_LEN + 1]);
FOB_MUST_CHECK enum fob_status fob_text_time_parse(const char *text,
                                                   int64_t *unix_s);

#endif
