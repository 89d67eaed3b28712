/* SPDX-License-Identifier: MIT */
/* The CSV of IAM's console (RFC 4180, columns in any order); for key_text.c. */
#ifndef FOB_HOST_IMPORT_KEYS_KEY_CSV_H
#define FOB_HOST_IMPORT_KEYS_KEY_CSV_H

#include "host/import/keys/key_parts.h"

/* Whether the first line is its header. */
bool key_csv_is(struct fob_span text);

/* The one row below the header.  FOB_E_SYNTAX, FOB_E_DUPLICATE for more rows,
 * FOB_E_TOO_LONG; no error set. */
FOB_MUST_CHECK enum fob_status key_csv_read(struct fob_span text,
                                            struct key_parts *parts);

#endif
