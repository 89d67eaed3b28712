/* SPDX-License-Identifier: MIT */
/* Vaults of Aegis Authenticator, plain or under a password: version 1 of the
 * file, versions 1 to 3 of what is in it. */
#ifndef FOB_HOST_IMPORT_AEGIS_H
#define FOB_HOST_IMPORT_AEGIS_H

#include "host/import/sink.h"

/* Put every entry of the vault.  Faults as fob_import_read words them. */
FOB_MUST_CHECK enum fob_status aegis_read(struct fob_span text,
                                          struct import_sink *sink);

#endif
