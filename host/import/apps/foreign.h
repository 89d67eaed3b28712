/* SPDX-License-Identifier: MIT */
/* Files that fob cannot read, but knows: what they are, and what to give
 * instead. */
#ifndef FOB_HOST_IMPORT_APPS_FOREIGN_H
#define FOB_HOST_IMPORT_APPS_FOREIGN_H

#include "src/span.h"

/* Whether the bytes are UTF-8 without control characters but those of text,
 * of which only the begin is looked at. */
bool foreign_is_text(struct fob_span bytes);

/* Whether they begin with the mark of a kind of file that fob knows and cannot
 * read. */
bool foreign_is_known(struct fob_span bytes);

#endif
