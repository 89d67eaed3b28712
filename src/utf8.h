/* SPDX-License-Identifier: MIT */
#ifndef FOB_SRC_UTF8_H
#define FOB_SRC_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether `len` bytes are well-formed UTF-8 (RFC 3629: no overlong forms, no
 * surrogates, nothing above U+10FFFF) that can be shown on a terminal: no
 * control characters, neither C0 with NUL and DEL nor C1. */
bool fob_utf8_is_text(const char *text, size_t len);

/* The character that `len` bytes, one at least, begin with, and its size; 0
 * and one byte where there is none. */
uint32_t fob_utf8_next(const char *text, size_t len, size_t *size);

/* Whether a character is white space of any kind, or shows nothing: no-break
 * and zero-width spaces, soft hyphens, joiners, marks of direction and byte
 * order. */
bool fob_utf8_is_blank(uint32_t point);

/* Whether it is a hyphen, or a dash or minus that stands for one. */
bool fob_utf8_is_dash(uint32_t point);

#endif
