/* SPDX-License-Identifier: MIT */
/*
 * Accounts out of other authenticators' files: lines of otpauth and
 * otpauth-migration URIs (one a line, blank lines and # comments between),
 * and Aegis vaults as JSON, plain or encrypted.
 */
#ifndef FOB_HOST_IMPORT_IMPORT_H
#define FOB_HOST_IMPORT_IMPORT_H

#include "host/import/sink/item.h"

/* Read `len` bytes of a file.  When it cannot be read as a whole, error set
 * with the place: FOB_E_SYNTAX, FOB_E_TOO_LONG, FOB_E_DUPLICATE, FOB_E_VERSION,
 * FOB_E_UNSUPPORTED; FOB_E_WRONG_KEY after three passwords, FOB_E_DAMAGED;
 * FOB_E_NO_MEMORY.  An account that alone is not for fob is told to `take`.
 * A migration export of which parts are missing is FOB_E_TOO_SHORT, error set,
 * before any account is taken. */
FOB_MUST_CHECK enum fob_status
fob_import_read(const uint8_t *data, size_t len,
                const struct fob_import_callbacks *callbacks,
                struct fob_error *error);

#endif
