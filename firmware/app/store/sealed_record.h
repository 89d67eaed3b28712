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
    BOX_REPLACES = 4, /* bytes: the uid that the record takes the place of */
    BOX_OVERHEAD = BOX_REPLACES + FOB_CHACHA20_NONCE_LEN + FOB_POLY1305_TAG_LEN,
    BOX_TEXT_MAX = RECORD_BODY_MAX - BOX_OVERHEAD,
};

/* Fill the body of `record`, whose type and uid are set, from `len` bytes of
 * text.  FOB_E_LOCKED, or FOB_E_FAILED without random numbers. */
FOB_MUST_CHECK enum fob_status box_seal(struct store *store,
                                        struct record *record,
                                        uint32_t replaces, const uint8_t *text,
                                        size_t len);

/* The text of a sealed record.  FOB_E_LOCKED or FOB_E_DAMAGED; `text` is then
 * all zero. */
FOB_MUST_CHECK enum fob_status box_open(const struct store *store,
                                        const struct record *record,
                                        uint8_t text[static BOX_TEXT_MAX],
                                        size_t *len);

/* What a sealed record says it takes the place of; 0 for none. */
uint32_t box_replaces(const struct record *record);

#endif
