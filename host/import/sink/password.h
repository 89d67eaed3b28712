/* SPDX-License-Identifier: MIT */
/* Asking for the password of an encrypted file. */
#ifndef FOB_HOST_IMPORT_SINK_PASSWORD_H
#define FOB_HOST_IMPORT_SINK_PASSWORD_H

#include "host/import/sink/item.h"

/* Ask until `try_one` takes a password, three times at most, or there is none
 * but the one that was wrong.  It answers
 * FOB_E_WRONG_KEY, no words, to be asked again, and any other fault, error set,
 * to end.  `file` is what does not open, as in "Aegis vault".  Error set. */
FOB_MUST_CHECK enum fob_status password_ask(
    const struct fob_import_callbacks *callbacks, const char *file,
    enum fob_status (*try_one)(void *context, const struct fob_secret *password,
                               struct fob_error *error),
    void *context, struct fob_error *error);

#endif
