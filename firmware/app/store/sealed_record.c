/* SPDX-License-Identifier: MIT */
#include "firmware/app/store/sealed_record.h"

#include "src/bytes.h"
#include "src/wipe.h"

enum { AAD_LEN = 9 };

static void put_aad(const struct record *record, uint8_t aad[static AAD_LEN])
{
    struct fob_writer writer;

    fob_writer_init(&writer, aad, AAD_LEN);
    fob_put_u8(&writer, record->type);
    fob_put_u32(&writer, record->uid);
    fob_put_bytes(&writer, record->body, BOX_REPLACES);
}

static struct fob_chacha20poly1305 box_of(const struct store *store,
                                          const struct record *record,
                                          const uint8_t *aad)
{
    return (struct fob_chacha20poly1305){
        .key = store->master,
        .nonce = record->body + BOX_REPLACES,
        .aad = aad,
        .aad_len = AAD_LEN,
    };
}

uint32_t box_replaces(const struct record *record)
{
    struct fob_reader reader;

    fob_reader_init(&reader, record->body, record->len);
    return fob_get_u32(&reader);
}

enum fob_status box_seal(struct store *store, struct record *record,
                         uint32_t replaces, const uint8_t *text, size_t len)
{
    uint8_t *nonce = record->body + BOX_REPLACES, aad[AAD_LEN];
    struct fob_chacha20poly1305 box = box_of(store, record, aad);
    struct fob_writer writer;
    enum fob_status status;

    if (!store->open)
        return FOB_E_LOCKED;
    fob_writer_init(&writer, record->body, sizeof record->body);
    fob_put_u32(&writer, replaces);
    status = random_fill(store->random, nonce, FOB_CHACHA20_NONCE_LEN);
    if (status != FOB_OK)
        return status;
    put_aad(record, aad);
    fob_chacha20poly1305_seal(&box, text, len, nonce + FOB_CHACHA20_NONCE_LEN);
    record->len = (uint16_t)(BOX_OVERHEAD + len);
    return FOB_OK;
}

enum fob_status box_open(const struct store *store, const struct record *record,
                         uint8_t text[static BOX_TEXT_MAX], size_t *len)
{
    const uint8_t *sealed =
        record->body + BOX_REPLACES + FOB_CHACHA20_NONCE_LEN;
    uint8_t aad[AAD_LEN];
    struct fob_chacha20poly1305 box = box_of(store, record, aad);

    *len = 0;
    fob_wipe(text, BOX_TEXT_MAX);
    if (!store->open)
        return FOB_E_LOCKED;
    if (record->len < BOX_OVERHEAD)
        return FOB_E_DAMAGED;
    *len = record->len - (size_t)BOX_OVERHEAD;
    put_aad(record, aad);
    return fob_chacha20poly1305_open(&box, sealed, *len + FOB_POLY1305_TAG_LEN,
                                     text);
}
