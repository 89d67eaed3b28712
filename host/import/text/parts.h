/* SPDX-License-Identifier: MIT */
/* The parts of Google Authenticator exports that the files hold. */
#ifndef FOB_HOST_IMPORT_TEXT_PARTS_H
#define FOB_HOST_IMPORT_TEXT_PARTS_H

#include "host/import/text/migration.h"
#include "src/sha256.h"

enum { PARTS_MAX = 256 };

/* One code, and where it was read. */
struct import_code {
    struct migration_part part;
    uint8_t digest[FOB_SHA256_LEN]; /* of its message: a secret, too */
    const char *file;               /* NULL: it has no name */
    const char *unit;
    size_t place;
};

struct import_parts {
    size_t count;
    size_t again; /* codes that were held already */
    struct import_code held[PARTS_MAX];
};

/* Note the part of a message, which the sink is at `place` of.  *is_new is
 * false when that message is held already: the same code was read twice.
 * FOB_E_SYNTAX and kin, no words, for a message that is broken;
 * FOB_E_DUPLICATE, error set, when another one says it is the same part;
 * FOB_E_TOO_LONG, error set, for more than PARTS_MAX. */
FOB_MUST_CHECK enum fob_status parts_note(struct import_sink *sink,
                                          const struct fob_secret *payload,
                                          size_t place, bool *is_new);

/* Every part of every export is there: else FOB_E_TOO_SHORT, error set, or, if
 * that may be, an item that says so. */
FOB_MUST_CHECK enum fob_status parts_check(struct import_sink *sink);

#endif
