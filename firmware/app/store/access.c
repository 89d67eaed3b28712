/* SPDX-License-Identifier: MIT */
#include "firmware/app/store/access.h"

#include "firmware/app/store/sealed_record.h"
#include "src/otp.h"
#include "src/wipe.h"

bool access_is_set(const struct store *store)
{
    return store->at.code != RING_NOWHERE;
}

enum fob_status access_prepare(const uint8_t *data, size_t len,
                               struct fob_hmac_key *key)
{
    const struct fob_digest_kind *kind;

    fob_wipe(key, sizeof(*key));
    if (len < 1 + ACCESS_KEY_MIN || len > 1 + ACCESS_KEY_MAX)
        return FOB_E_SYNTAX;
    kind = fob_otp_hash((enum fob_hash)(data[0] & 0x0f));
    if (kind == NULL)
        return FOB_E_SYNTAX;
    fob_hmac_key_init(key, kind, data + 1, len - 1);
    return FOB_OK;
}

/* What access_set has stored; nothing on failure. */
static enum fob_status open_code(const struct store *store,
                                 uint8_t text[static SEALED_TEXT_MAX],
                                 size_t *len)
{
    struct log_record record;
    enum fob_status status;

    *len = 0;
    if (!access_is_set(store))
        return FOB_E_NOT_FOUND;
    status = ring_read(store->at.code, &record);
    if (status == FOB_OK)
        status = sealed_record_open(store, &record, text, len);
    return status;
}

enum fob_status access_key(const struct store *store, struct fob_hmac_key *key)
{
    uint8_t text[SEALED_TEXT_MAX];
    size_t len;
    enum fob_status status = open_code(store, text, &len);

    fob_wipe(key, sizeof(*key));
    if (status == FOB_OK)
        status = access_prepare(text, len, key);
    fob_wipe(text, sizeof(text));
    return status;
}

enum fob_status access_algorithm(const struct store *store, uint8_t *algorithm)
{
    uint8_t text[SEALED_TEXT_MAX];
    size_t len;
    enum fob_status status = open_code(store, text, &len);

    *algorithm = status == FOB_OK && len > 0 ? text[0] : 0;
    fob_wipe(text, sizeof(text));
    return status;
}

enum fob_status access_set(struct store *store, const uint8_t *data, size_t len)
{
    struct log_record record = {.type = LOG_RECORD_CODE};
    enum fob_status status = sealed_record_make(store, &record, 0, data, len);

    if (status == FOB_OK)
        status = store_replace(store, &record, &store->at.code);
    return status;
}

void access_clear(struct store *store)
{
    ring_invalidate(store->at.code);
    store->at.code = RING_NOWHERE;
}
