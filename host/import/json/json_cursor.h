/* SPDX-License-Identifier: MIT */
/* Moving over JSON text; shared by json_check.c and json_view.c. */
#ifndef FOB_HOST_IMPORT_JSON_JSON_CURSOR_H
#define FOB_HOST_IMPORT_JSON_JSON_CURSOR_H

#include <stdbool.h>
#include <stddef.h>

enum { JSON_CHARACTER_MAX = 4 }; /* bytes of one character in UTF-8 */

struct json_cursor {
    const char *at;
    const char *end;
};

void json_cursor_skip_space(struct json_cursor *cursor);

/* Move past `c` if it stands there. */
bool json_cursor_take(struct json_cursor *cursor, char c);

/* Inside a string: move past an escape sequence (a surrogate pair is one) or
 * a byte that stands for itself, and give its UTF-8.  The number of bytes, or
 * 0 for what no string may hold: the end, a bare control character, an
 * unknown or broken escape, half a surrogate pair, NUL. */
size_t json_cursor_character(struct json_cursor *cursor,
                             char utf8[static JSON_CHARACTER_MAX]);

#endif
