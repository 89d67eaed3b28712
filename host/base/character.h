/* SPDX-License-Identifier: MIT */
/* Single characters of UTF-8 (RFC 3629), as much as showing text needs. */
#ifndef FOB_HOST_BASE_CHARACTER_H
#define FOB_HOST_BASE_CHARACTER_H

#include <stddef.h>
#include <stdint.h>

/* Bytes of the character that starts at `text`; 0 when the `len` bytes there
 * start with none (overlong, surrogate, cut or stray). */
size_t fob_character_size(const uint8_t *text, size_t len);

/* The code point of the character whose bytes are those. */
unsigned fob_character_point(const uint8_t *text, size_t size);

/* Cells of a terminal that the character takes: 0 on top of the one before it
 * (accents, joiners), 2 for East Asia's and emoji, else 1.  One that a terminal
 * acts on is not for this: host/base/shown.h. */
size_t fob_character_width(unsigned point);

/* Cells of a text; a byte that is no character is one. */
size_t fob_character_columns(const char *text);

#endif
