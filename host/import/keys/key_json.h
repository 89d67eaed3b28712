/* SPDX-License-Identifier: MIT */
/* JSON that holds an access key; for key_text.c. */
#ifndef FOB_HOST_IMPORT_KEYS_KEY_JSON_H
#define FOB_HOST_IMPORT_KEYS_KEY_JSON_H

#include "host/import/keys/key_parts.h"

/* FOB_E_SYNTAX, FOB_E_DUPLICATE, FOB_E_TOO_LONG or FOB_E_NO_MEMORY, with no
 * error set. */
FOB_MUST_CHECK enum fob_status key_json_read(struct fob_span text,
                                             struct key_parts *parts);

#endif
