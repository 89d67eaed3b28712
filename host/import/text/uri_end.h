/* SPDX-License-Identifier: MIT */
/* Where a URI ends that stands in a text. */
#ifndef FOB_HOST_IMPORT_TEXT_URI_END_H
#define FOB_HOST_IMPORT_TEXT_URI_END_H

#include "src/span.h"

/* The URI that `text` begins with; `before` is the character before it, or
 * NUL.  It ends at a quote, an angle bracket, a backslash, a control character
 * and the next URI in any case; at a blank, a comma, a semicolon or the bracket
 * that `before` opened only where no parameter follows.  A '.' at its end is a
 * sentence's, if it does not end an issuer. */
struct fob_span uri_end_cut(struct fob_span text, char before);

/* Where its last parameter's value begins, the first one's with its name; 0 for
 * a URI without any. */
size_t uri_end_value(struct fob_span uri);

/* Whether no other URI begins inside of it. */
bool uri_end_is_lone(struct fob_span line);

#endif
