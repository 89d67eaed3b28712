/* SPDX-License-Identifier: MIT */
/* Opening an encrypted Aegis vault with its password. */
#ifndef FOB_HOST_IMPORT_APPS_AEGIS_OPEN_H
#define FOB_HOST_IMPORT_APPS_AEGIS_OPEN_H

#include "host/import/sink/item.h"
#include "src/span.h"

/* Decrypt `db` with the password that the callbacks are asked for, three times
 * at most, into the empty `plain`.  Both values are of fob_json_view_open.
 * FOB_E_SYNTAX, FOB_E_UNSUPPORTED (no password slot, or one that asks for
 * too much work), FOB_E_WRONG_KEY, FOB_E_DAMAGED, FOB_E_NO_MEMORY, all
 * error set, or what the callbacks answers; `plain` is then empty. */
FOB_MUST_CHECK enum fob_status
aegis_open(struct fob_span header, struct fob_span db,
           const struct fob_import_callbacks *callbacks,
           struct fob_secret *plain, struct fob_error *error);

#endif
