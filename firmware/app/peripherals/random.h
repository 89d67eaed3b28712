/* SPDX-License-Identifier: MIT */
/*
 * Random bytes for keys, nonces and challenges: the port's, hashed together
 * with all that came before and with what the host has added, so that no
 * single weak source decides.
 */
#ifndef FOB_FIRMWARE_APP_PERIPHERALS_RANDOM_H
#define FOB_FIRMWARE_APP_PERIPHERALS_RANDOM_H

#include "src/sha256.h"
#include "src/status.h"

struct random {
    uint8_t pool[FOB_SHA256_LEN];
};

/* Mix bytes in; they need not be secret or good. */
void random_add_entropy(struct random *random, const void *data, size_t len);

/* FOB_E_FAILED when the port has none; `data` is then all zero. */
FOB_MUST_CHECK enum fob_status random_fill(struct random *random, void *data,
                                           size_t len);

/* The same where what the pool holds will do, for what is no secret. */
void random_draw(struct random *random, void *data, size_t len);

#endif
