/* SPDX-License-Identifier: MIT */
#include "host/import/keys/key_parts.h"

#include <string.h>

static enum fob_status put_text(char text[static FOB_KEY_PART_MAX + 1],
                                struct fob_span value)
{
    if (text[0] != '\0')
        return FOB_E_DUPLICATE;
    if (value.len > FOB_KEY_PART_MAX)
        return FOB_E_TOO_LONG;
    if (memchr(value.at, '\0', value.len) != NULL)
        return FOB_E_SYNTAX;
    memcpy(text, value.at, value.len);
    text[value.len] = '\0';
    return FOB_OK;
}

enum fob_status key_parts_put(struct key_parts *parts, enum key_part part,
                              struct fob_span value)
{
    if (value.len == 0)
        return FOB_OK;
    switch (part) {
    case KEY_PART_ID:
        return put_text(parts->key->id, value);
    case KEY_PART_SECRET:
        return put_text(parts->key->secret, value);
    case KEY_PART_TOKEN:
        parts->is_temporary = true;
        return FOB_OK;
    default:
        return FOB_OK;
    }
}

enum fob_status key_parts_check(const struct key_parts *parts)
{
    return parts->key->id[0] != '\0' && parts->key->secret[0] != '\0'
               ? FOB_OK
               : FOB_E_SYNTAX;
}
