/* SPDX-License-Identifier: MIT */
#ifndef FOB_SRC_UTF8_H
#define FOB_SRC_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/* Whether `len` bytes are well-formed UTF-8 (RFC 3629: no overlong forms, no
 * surrogates, nothing above U+10FFFF) that can be shown on a terminal: no
 * control characters, neither C0 with NUL and DEL nor C1. */
bool fob_utf8_is_text(const char *text, size_t len);

#endif
