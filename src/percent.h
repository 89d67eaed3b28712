/* SPDX-License-Identifier: MIT */
/* Percent-encoding of text in URIs, RFC 3986 section 2. */
#ifndef FOB_SRC_PERCENT_H
#define FOB_SRC_PERCENT_H

#include "src/bytes.h"

/* Decode `len` bytes to NUL-ended text; '+' stands for itself.  FOB_E_SYNTAX
 * for a broken escape or a NUL, FOB_E_TOO_LONG when `cap` is less than the
 * text and its NUL; `text` is then wiped.  cap >= 1. */
FOB_MUST_CHECK enum fob_status fob_percent_decode(const char *data, size_t len,
                                                  char *text, size_t cap);

/* The same of a query in which '+' stands for a space, as forms are sent. */
FOB_MUST_CHECK enum fob_status
fob_percent_decode_form(const char *data, size_t len, char *text, size_t cap);

/* Write `text`, escaping all but the unreserved characters and `safe`. */
void fob_percent_put(struct fob_writer *writer, const char *text,
                     const char *safe);

#endif
