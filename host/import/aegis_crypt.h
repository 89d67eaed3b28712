/* SPDX-License-Identifier: MIT */
/* The cryptography of Aegis vaults, by libcrypto. */
#ifndef FOB_HOST_IMPORT_AEGIS_CRYPT_H
#define FOB_HOST_IMPORT_AEGIS_CRYPT_H

#include "host/import/aegis_slot.h"

/* scrypt of the password with the slot's salt and costs.  FOB_E_NO_MEMORY;
 * `key` is then zero. */
FOB_MUST_CHECK enum fob_status
aegis_crypt_derive(const struct aegis_slot *slot,
                   const struct fob_secret *password,
                   uint8_t key[static AEGIS_KEY_LEN]);

/* AES-256-GCM, `sealed` decrypted in place.  FOB_E_DAMAGED when the tag does
 * not fit; it is then wiped. */
FOB_MUST_CHECK enum fob_status
aegis_crypt_open(const uint8_t key[static AEGIS_KEY_LEN],
                 const struct aegis_params *params, struct fob_secret *sealed);

#endif
