/* SPDX-License-Identifier: MIT */
/*
 * Google Authenticator's export: otpauth-migration://offline?data= and the
 * base64 of a message of Protocol Buffers, one part of an export a URI.
 */
#ifndef FOB_HOST_IMPORT_TEXT_MIGRATION_H
#define FOB_HOST_IMPORT_TEXT_MIGRATION_H

#include "host/import/sink/sink.h"

/* Which part of which export a URI holds. */
struct migration_part {
    int32_t batch_id;
    uint32_t batch_size;  /* parts of the export, at least 1 */
    uint32_t batch_index; /* below batch_size */
};

/* Whether a line, trimmed, is for migration_open. */
bool migration_is_uri(struct fob_span line);

/* The message in the URI, into the empty `payload`.  FOB_E_SYNTAX,
 * FOB_E_DUPLICATE, FOB_E_NO_MEMORY; `payload` is then empty. */
FOB_MUST_CHECK enum fob_status migration_open(struct fob_span uri,
                                              struct fob_secret *payload);

/* Which part it is.  FOB_E_SYNTAX or FOB_E_TOO_SHORT for a message that is
 * broken anywhere outside of its accounts, FOB_E_DUPLICATE for a field that
 * it has twice. */
FOB_MUST_CHECK enum fob_status migration_part(const struct fob_secret *payload,
                                              struct migration_part *part);

/* Put the accounts of a message that migration_part could read. */
FOB_MUST_CHECK enum fob_status
migration_accounts(const struct fob_secret *payload, size_t place,
                   struct import_sink *sink);

#endif
