/* SPDX-License-Identifier: MIT */
#include "firmware/app/store/master_key.h"

#include "firmware/app/store/accounts.h"
#include "src/bytes.h"
#include "src/chacha20poly1305.h"
#include "src/wipe.h"

#include <string.h>

enum master_key_mode { MASTER_KEY_PLAIN = 0, MASTER_KEY_WRAPPED = 1 };

enum { SEALED_LEN = STORE_MASTER + FOB_POLY1305_TAG_LEN };

/* The body of the key record: mode, id, then the master key, or how the host
 * makes its key, a nonce and the sealed master key. */
struct key_view {
    enum master_key_mode mode;
    const uint8_t *id;
    const uint8_t *kdf;
    size_t kdf_len;
    const uint8_t *nonce;
    const uint8_t *master; /* plain or sealed */
    size_t aad_len;        /* the body before the nonce */
};

static enum fob_status parse_key(const struct log_record *record,
                                 struct key_view *view)
{
    struct fob_reader reader;

    fob_reader_init(&reader, record->body, record->len);
    view->mode = (enum master_key_mode)fob_get_u8(&reader);
    view->id = fob_get_bytes(&reader, STORE_ID);
    if (view->mode == MASTER_KEY_PLAIN) {
        view->master = fob_get_bytes(&reader, STORE_MASTER);
        return fob_reader_end(&reader);
    }
    view->kdf_len = fob_get_u8(&reader);
    view->kdf = fob_get_bytes(&reader, view->kdf_len);
    view->aad_len = record->len - reader.left;
    view->nonce = fob_get_bytes(&reader, FOB_CHACHA20_NONCE_LEN);
    view->master = fob_get_bytes(&reader, SEALED_LEN);
    if (view->mode != MASTER_KEY_WRAPPED || view->kdf_len > STORE_KDF_MAX)
        return FOB_E_DAMAGED;
    return fob_reader_end(&reader);
}

/* A key record that was written whole and cannot be read is no key. */
static enum fob_status read_key(const struct store *store,
                                struct log_record *record,
                                struct key_view *view)
{
    if (store_is_lost(store) || ring_read(store->at.key, record) != FOB_OK ||
        parse_key(record, view) != FOB_OK)
        return FOB_E_DAMAGED;
    return FOB_OK;
}

static struct fob_chacha20poly1305 wrap_of(const struct log_record *record,
                                           size_t aad_len, const uint8_t *nonce,
                                           const uint8_t *key)
{
    return (struct fob_chacha20poly1305){
        .key = key,
        .nonce = nonce,
        .aad = record->body,
        .aad_len = aad_len,
    };
}

static void open_store(struct store *store)
{
    store->is_open = true;
    accounts_index(store);
}

/* --- writing -------------------------------------------------------------*/

static void put_head(struct fob_writer *writer, struct log_record *record,
                     const struct store *store, enum master_key_mode mode)
{
    *record = (struct log_record){.type = LOG_RECORD_KEY};
    fob_writer_init(writer, record->body, sizeof(record->body));
    fob_put_u8(writer, (uint8_t)mode);
    fob_put_bytes(writer, store->id, STORE_ID);
}

static enum fob_status commit_key(struct store *store,
                                  struct log_record *record, size_t len)
{
    enum fob_status status;

    record->len = (uint16_t)len;
    status = store_replace(store, record, &store->at.key);
    fob_wipe(record, sizeof(*record));
    return status;
}

enum fob_status master_key_clear(struct store *store)
{
    struct fob_writer writer;
    struct log_record record;
    enum fob_status status;

    if (!store->is_open)
        return FOB_E_LOCKED;
    put_head(&writer, &record, store, MASTER_KEY_PLAIN);
    fob_put_bytes(&writer, store->master, STORE_MASTER);
    status = commit_key(store, &record, writer.len);
    if (status != FOB_OK)
        return status;
    store->is_sealed = false;
    store->kdf_len = 0;
    return FOB_OK;
}

void master_key_create(struct store *store)
{
    if (random_fill(store->random, store->id, STORE_ID) != FOB_OK ||
        random_fill(store->random, store->master, STORE_MASTER) != FOB_OK)
        return;
    store->is_open = true;
    if (master_key_clear(store) != FOB_OK)
        store_lock(store);
}

/* The first passphrase after a reset starts with all its tries. */
static enum fob_status commit_tries(struct store *store, uint8_t tries)
{
    const struct log_record record = {.type = LOG_RECORD_TRIES, .flags = tries};
    enum fob_status status;

    if (store->tries == tries)
        return FOB_OK;
    status = store_replace(store, &record, &store->at.tries);
    if (status == FOB_OK)
        store->tries = tries;
    return status;
}

enum fob_status master_key_set(struct store *store, const uint8_t *kdf,
                               size_t kdf_len,
                               const uint8_t key[static WRAPPING_KEY_LEN])
{
    uint8_t nonce[FOB_CHACHA20_NONCE_LEN], sealed[SEALED_LEN];
    struct fob_writer writer;
    struct log_record record;
    struct fob_chacha20poly1305 wrap;
    enum fob_status status;

    if (!store->is_open)
        return FOB_E_LOCKED;
    status = random_fill(store->random, nonce, sizeof(nonce));
    if (status != FOB_OK)
        return status;
    put_head(&writer, &record, store, MASTER_KEY_WRAPPED);
    fob_put_u8(&writer, (uint8_t)kdf_len);
    fob_put_bytes(&writer, kdf, kdf_len);
    wrap = wrap_of(&record, writer.len, nonce, key);
    fob_chacha20poly1305_seal(&wrap, store->master, STORE_MASTER, sealed);
    fob_put_bytes(&writer, nonce, sizeof(nonce));
    fob_put_bytes(&writer, sealed, sizeof(sealed));
    status = commit_key(store, &record, writer.len);
    if (status != FOB_OK)
        return status;
    memcpy(store->kdf, kdf, kdf_len);
    store->kdf_len = (uint8_t)kdf_len;
    store->is_sealed = true;
    return commit_tries(store, 0);
}

/* --- reading -------------------------------------------------------------*/

void master_key_load(struct store *store)
{
    struct key_view view = {0};
    struct log_record record;

    if (read_key(store, &record, &view) == FOB_OK) {
        memcpy(store->id, view.id, STORE_ID);
        store->is_sealed = view.mode == MASTER_KEY_WRAPPED;
        store->kdf_len = (uint8_t)view.kdf_len;
        if (store->is_sealed)
            memcpy(store->kdf, view.kdf, view.kdf_len);
        else
            memcpy(store->master, view.master, STORE_MASTER);
        if (!store->is_sealed)
            open_store(store);
    }
    fob_wipe(&record, sizeof(record));
}

unsigned master_key_tries_left(const struct store *store)
{
    if (store->tries >= MASTER_KEY_TRIES_MAX)
        return 0;
    return (unsigned)MASTER_KEY_TRIES_MAX - store->tries;
}

static enum fob_status unwrap_key(struct store *store, const uint8_t *key)
{
    struct key_view view = {0};
    struct fob_chacha20poly1305 wrap;
    struct log_record record;

    if (read_key(store, &record, &view) != FOB_OK ||
        view.mode != MASTER_KEY_WRAPPED)
        return FOB_E_DAMAGED;
    wrap = wrap_of(&record, view.aad_len, view.nonce, key);
    return fob_chacha20poly1305_open(&wrap, view.master, SEALED_LEN,
                                     store->master);
}

enum fob_status master_key_open(struct store *store,
                                const uint8_t key[static WRAPPING_KEY_LEN])
{
    enum fob_status status;

    if (!store->is_sealed)
        return FOB_E_NOT_FOUND;
    if (master_key_tries_left(store) == 0)
        return FOB_E_TOKEN_BLOCKED;
    status = commit_tries(store, (uint8_t)(store->tries + 1));
    if (status != FOB_OK)
        return status;
    store_lock(store);
    if (unwrap_key(store, key) != FOB_OK)
        return FOB_E_WRONG_KEY;
    open_store(store);
    return commit_tries(store, 0);
}
