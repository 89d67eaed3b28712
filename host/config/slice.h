/* SPDX-License-Identifier: MIT */
/* Views of UTF-8 text that somebody else owns, and what counts as white
 * space in them: the characters that Python's str.strip() takes off. */
#ifndef FOB_HOST_CONFIG_SLICE_H
#define FOB_HOST_CONFIG_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct slice {
    const char *start;
    const char *end;
};

/* Length of the leading part of `text` that is UTF-8 without NUL. */
size_t slice_valid_len(const char *text, size_t len);

/* The rest needs valid UTF-8. */

/* Take the next character off a slice that is not empty. */
uint32_t slice_next(struct slice *slice);

bool slice_is_empty(const struct slice *slice);
/* Whether str.splitlines() ends a line there. */
bool slice_is_break(uint32_t character);

/* Without the white space in front and behind; the number of characters
 * taken off in front. */
size_t slice_trim_start(struct slice *slice);
void slice_trim_end(struct slice *slice);
void slice_trim(struct slice *slice);

/* Where the first of `characters` (ASCII) stands, or NULL. */
const char *slice_find(const struct slice *slice, const char *characters);

#endif
