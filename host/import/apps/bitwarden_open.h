/* SPDX-License-Identifier: MIT */
/* Opening a Bitwarden export with the password that it was made with. */
#ifndef FOB_HOST_IMPORT_APPS_BITWARDEN_OPEN_H
#define FOB_HOST_IMPORT_APPS_BITWARDEN_OPEN_H

#include "host/import/sink/item.h"
#include "src/span.h"

/* Decrypt what the object `file` holds, with the password that the callbacks
 * are asked for, three times at most, into the empty `plain`.  FOB_E_SYNTAX,
 * FOB_E_VERSION, FOB_E_UNSUPPORTED (costs), FOB_E_FAILED (no Argon2id here),
 * FOB_E_WRONG_KEY, FOB_E_DAMAGED, FOB_E_NO_MEMORY, all error set, or what the
 * callbacks answer; `plain` is then empty. */
FOB_MUST_CHECK enum fob_status
bitwarden_open(struct fob_span file,
               const struct fob_import_callbacks *callbacks,
               struct fob_secret *plain, struct fob_error *error);

#endif
