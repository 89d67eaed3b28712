/* SPDX-License-Identifier: MIT */
/* The parts of an access key as a reader meets them; for the readers of this
 * room. */
#ifndef FOB_HOST_IMPORT_KEYS_KEY_PARTS_H
#define FOB_HOST_IMPORT_KEYS_KEY_PARTS_H

#include "host/import/keys/key_text.h"

enum key_part {
    KEY_PART_NONE,
    KEY_PART_ID,
    KEY_PART_SECRET,
    KEY_PART_TOKEN, /* what only a temporary key has */
};

struct key_parts {
    struct fob_key_text *key;
    bool is_temporary;
};

/* Note a part; an empty value is none.  FOB_E_DUPLICATE for a second value,
 * FOB_E_TOO_LONG, FOB_E_SYNTAX for one with a NUL; no error set. */
FOB_MUST_CHECK enum fob_status key_parts_put(struct key_parts *parts,
                                             enum key_part part,
                                             struct fob_span value);

/* FOB_E_SYNTAX unless both halves are there. */
FOB_MUST_CHECK enum fob_status key_parts_check(const struct key_parts *parts);

#endif
