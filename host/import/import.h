/* SPDX-License-Identifier: MIT */
/*
 * Accounts out of other authenticators' files (apps/apps.h), out of lists of
 * otpauth and otpauth-migration URIs (one a line, blank lines and # comments
 * between), and out of any text in which such URIs stand.
 */
#ifndef FOB_HOST_IMPORT_IMPORT_H
#define FOB_HOST_IMPORT_IMPORT_H

#include "host/import/sink/item.h"
#include "src/span.h"

struct fob_import_file {
    const char *name; /* as errors call it; NULL: it has none */
    struct fob_span data;
    bool is_picture; /* the data are the texts of its codes, a line each */
};

/* Read all files, and then give what they hold.  When one cannot be read as a
 * whole, nothing is given, and the error is set, with the file and the place:
 * FOB_E_SYNTAX, FOB_E_TOO_LONG, FOB_E_DUPLICATE, FOB_E_VERSION,
 * FOB_E_UNSUPPORTED; FOB_E_WRONG_KEY after three passwords, FOB_E_DAMAGED;
 * FOB_E_NO_MEMORY.  An account that alone is not for fob is told to `take`.
 * FOB_E_TOO_SHORT: the files are not all of a migration export. */
FOB_MUST_CHECK enum fob_status
fob_import_read(const struct fob_import_file *files, size_t count,
                const struct fob_import_callbacks *callbacks,
                struct fob_error *error);

#endif
