/* SPDX-License-Identifier: MIT */
/*
 * An Aegis vault as JSON, encrypted: version 1 of the file, 3 of what is in
 * it.  One password slot: scrypt with N = 2^15, r = 8, p = 1, as Aegis itself
 * has it; AES-256-GCM.
 */
#ifndef FOB_HOST_EXPORT_AEGIS_H
#define FOB_HOST_EXPORT_AEGIS_H

#include "host/export/bytes_out.h"
#include "src/account.h"

/* Zeroed while empty. */
struct fob_aegis {
    struct bytes_out content;
    size_t count;
};

/* Put an account, with a note that the app shows when it is edited; "": none.
 * FOB_E_NO_MEMORY; FOB_E_FAILED without randomness. */
FOB_MUST_CHECK enum fob_status fob_aegis_put(struct fob_aegis *aegis,
                                             const struct fob_account *account,
                                             const char *note);

/* Seal what was put under `password` into the empty `file`; `aegis` is wiped.
 * FOB_E_NO_MEMORY; FOB_E_FAILED without randomness; FOB_E_TOO_LONG for more
 * than a GiB. */
FOB_MUST_CHECK enum fob_status fob_aegis_seal(struct fob_aegis *aegis,
                                              const struct fob_secret *password,
                                              struct fob_secret *file);

void fob_aegis_free(struct fob_aegis *aegis);

#endif
