/* SPDX-License-Identifier: MIT */
/* The parts of Google Authenticator exports that a file holds. */
#ifndef FOB_HOST_IMPORT_TEXT_PARTS_H
#define FOB_HOST_IMPORT_TEXT_PARTS_H

#include "host/base/error.h"
#include "host/import/text/migration.h"

enum { PARTS_MAX = 256 };

struct import_parts {
    size_t count;
    struct {
        struct migration_part part;
        struct fob_span uri;
        size_t line;
    } held[PARTS_MAX];
};

/* Note a part.  One whose URI is held already is passed over: the same code
 * was read twice.  FOB_E_DUPLICATE, error set, when another URI says it is the
 * same part; FOB_E_TOO_LONG, error set, for more than PARTS_MAX. */
FOB_MUST_CHECK enum fob_status parts_note(struct import_parts *parts,
                                          const struct migration_part *part,
                                          struct fob_span uri, size_t line,
                                          struct fob_error *error);

/* Whether the part on `line` was held, not passed over. */
bool parts_holds(const struct import_parts *parts, size_t line);

/* FOB_E_TOO_SHORT, error set, when a part of any export is missing. */
FOB_MUST_CHECK enum fob_status parts_check(const struct import_parts *parts,
                                           struct fob_error *error);

#endif
