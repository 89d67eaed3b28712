/* SPDX-License-Identifier: MIT */
/* A file under a password, by way of Argon2id and a cipher that knows the
 * right key. */
#ifndef FOB_HOST_IMPORT_APPS_ARGON2_FILE_H
#define FOB_HOST_IMPORT_APPS_ARGON2_FILE_H

#include "host/import/crypt/argon2id.h"
#include "host/import/sink/item.h"

struct argon2_file {
    struct argon2id_input input;
    struct fob_secret sealed;
    /* Decrypt in place; FOB_E_DAMAGED for a wrong key. */
    enum fob_status (*decrypt)(const struct argon2_file *file,
                               const uint8_t key[static ARGON2ID_KEY_LEN],
                               struct fob_secret *sealed);
    const uint8_t *nonce; /* for `decrypt` */
};

/* The text into the empty `plain`, with the password that the callbacks are
 * asked for, three times at most.  As argon2id_check, FOB_E_WRONG_KEY,
 * FOB_E_NO_MEMORY, all error set, or what the callbacks answer; `plain` is then
 * empty. */
FOB_MUST_CHECK enum fob_status
argon2_file_open(const struct argon2_file *file,
                 const struct fob_import_callbacks *callbacks,
                 struct fob_secret *plain, struct fob_error *error);

#endif
