/* SPDX-License-Identifier: MIT */
/* Two lines, a section of an AWS file, an environment; for key_text.c. */
#ifndef FOB_HOST_IMPORT_KEYS_KEY_LINES_H
#define FOB_HOST_IMPORT_KEYS_KEY_LINES_H

#include "host/import/keys/key_parts.h"

/* FOB_E_SYNTAX, FOB_E_DUPLICATE or FOB_E_TOO_LONG, with no error set. */
FOB_MUST_CHECK enum fob_status key_lines_read(struct fob_span text,
                                              struct key_parts *parts);

#endif
