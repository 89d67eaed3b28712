/* SPDX-License-Identifier: MIT */
/* Opening an encrypted backup of 2FAS with its password. */
#ifndef FOB_HOST_IMPORT_APPS_TWOFAS_OPEN_H
#define FOB_HOST_IMPORT_APPS_TWOFAS_OPEN_H

#include "host/import/sink/item.h"
#include "src/span.h"

/* Decrypt `sealed`, a JSON string of data, salt and nonce in base64 with
 * colons between, with the password that the callbacks are asked for, into the
 * empty `plain`.  FOB_E_SYNTAX, FOB_E_WRONG_KEY, FOB_E_NO_MEMORY, error set, or
 * what the callbacks answer; `plain` is then empty. */
FOB_MUST_CHECK enum fob_status
twofas_open(struct fob_span sealed,
            const struct fob_import_callbacks *callbacks,
            struct fob_secret *plain, struct fob_error *error);

#endif
