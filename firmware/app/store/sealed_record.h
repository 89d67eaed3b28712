/* SPDX-License-Identifier: MIT */
/*
 * Sealed records: ChaCha20-Poly1305 (RFC 8439) under the master key, with a
 * random nonce, bound to the record's type, account and predecessor.
 */
#ifndef FOB_FIRMWARE_APP_STORE_SEALED_RECORD_H
#define FOB_FIRMWARE_APP_STORE_SEALED_RECORD_H

#include "firmware/app/store/store.h"
#include "src/chacha20poly1305.h"

enum {
    SEALED_REPLACES = 4, /* bytes: the uid that the record takes the place of */
    SEALED_OVERHEAD =
        SEALED_REPLACES + FOB_CHACHA20_NONCE_LEN + FOB_POLY1305_TAG_LEN,
    SEALED_TEXT_MAX = LOG_RECORD_BODY_MAX - SEALED_OVERHEAD,
};

/* Fill the body of `record`, whose type and uid are set, from `len` bytes of
 * text.  FOB_E_LOCKED, or FOB_E_FAILED without random numbers. */
FOB_MUST_CHECK enum fob_status
sealed_record_make(struct store *store, struct log_record *record,
                   uint32_t replaces, const uint8_t *text, size_t len);

/* The text of a sealed record.  FOB_E_LOCKED or FOB_E_DAMAGED; `text` is then
 * all zero. */
FOB_MUST_CHECK enum fob_status
sealed_record_open(const struct store *store, const struct log_record *record,
                   uint8_t text[static SEALED_TEXT_MAX], size_t *len);

/* What a sealed record says it takes the place of; 0 for none. */
uint32_t sealed_record_replaces(const struct log_record *record);

#endif
