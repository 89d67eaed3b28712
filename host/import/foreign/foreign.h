/* SPDX-License-Identifier: MIT */
/* Files that fob cannot read, but knows: what they are, and what to give
 * instead. */
#ifndef FOB_HOST_IMPORT_FOREIGN_FOREIGN_H
#define FOB_HOST_IMPORT_FOREIGN_FOREIGN_H

#include "host/import/sink/format.h"

/* Whether the bytes are UTF-8 without control characters but those of text,
 * of which only the begin is looked at. */
bool foreign_is_text(struct fob_span bytes);

/* Whether they begin with the mark of a kind of file that fob knows and cannot
 * read. */
bool foreign_is_known(struct fob_span bytes);

/* Authy's tokens, which nothing but Authy opens. */
extern const struct import_format import_authy;

/* An error that names it, and says what to do. */
extern const struct import_format import_foreign;

#endif
