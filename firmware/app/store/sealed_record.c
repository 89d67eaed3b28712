/* SPDX-License-Identifier: MIT */
#include "firmware/app/store/sealed_record.h"

#include "src/bytes.h"
#include "src/wipe.h"

enum { AAD_LEN = 9 };

static void put_aad(const struct log_record *record,
                    uint8_t aad[static AAD_LEN])
{
    struct fob_writer writer;

    fob_writer_init(&writer, aad, AAD_LEN);
    fob_put_u8(&writer, record->type);
    fob_put_u32(&writer, record->uid);
    fob_put_bytes(&writer, record->body, SEALED_REPLACES);
}

static struct fob_chacha20poly1305 aead_of(const struct store *store,
                                           const struct log_record *record,
                                           const uint8_t *aad)
{
    return (struct fob_chacha20poly1305){
        .key = store->master,
        .nonce = record->body + SEALED_REPLACES,
        .aad = aad,
        .aad_len = AAD_LEN,
    };
}

uint32_t sealed_record_replaces(const struct log_record *record)
{
    struct fob_reader reader;

    fob_reader_init(&reader, record->body, record->len);
    return fob_get_u32(&reader);
}

enum fob_status sealed_record_make(struct store *store,
                                   struct log_record *record, uint32_t replaces,
                                   const uint8_t *text, size_t len)
{
    uint8_t *nonce = record->body + SEALED_REPLACES, aad[AAD_LEN];
    struct fob_chacha20poly1305 aead = aead_of(store, record, aad);
    struct fob_writer writer;
    enum fob_status status;

    if (!store->is_open)
        return FOB_E_LOCKED;
    fob_writer_init(&writer, record->body, sizeof(record->body));
    fob_put_u32(&writer, replaces);
    status = random_fill(store->random, nonce, FOB_CHACHA20_NONCE_LEN);
    if (status != FOB_OK)
        return status;
    put_aad(record, aad);
    fob_chacha20poly1305_seal(&aead, text, len, nonce + FOB_CHACHA20_NONCE_LEN);
    record->len = (uint16_t)(SEALED_OVERHEAD + len);
    return FOB_OK;
}

enum fob_status sealed_record_open(const struct store *store,
                                   const struct log_record *record,
                                   uint8_t text[static SEALED_TEXT_MAX],
                                   size_t *len)
{
    const uint8_t *sealed =
        record->body + SEALED_REPLACES + FOB_CHACHA20_NONCE_LEN;
    uint8_t aad[AAD_LEN];
    struct fob_chacha20poly1305 aead = aead_of(store, record, aad);

    *len = 0;
    fob_wipe(text, SEALED_TEXT_MAX);
    if (!store->is_open)
        return FOB_E_LOCKED;
    if (record->len < SEALED_OVERHEAD)
        return FOB_E_DAMAGED;
    *len = record->len - (size_t)SEALED_OVERHEAD;
    put_aad(record, aad);
    return fob_chacha20poly1305_open(&aead, sealed, *len + FOB_POLY1305_TAG_LEN,
                                     text);
}
