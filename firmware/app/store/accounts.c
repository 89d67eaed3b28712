/* SPDX-License-Identifier: MIT */
#include "firmware/app/store/accounts.h"

#include "firmware/app/store/sealed_record.h"
#include "firmware/app/store/usage_log.h"
#include "src/account.h"
#include "src/bytes.h"
#include "src/wipe.h"

#include <string.h>

_Static_assert(13 + CREDENTIAL_NAME_MAX + CREDENTIAL_KEY_MAX <= SEALED_TEXT_MAX,
               "the longest credential fits a record");

bool credential_is_hotp(const struct credential *credential)
{
    return credential->kind >> 4 == FOB_HOTP;
}

bool credential_is_guarded(const struct credential *credential)
{
    return !credential_is_hotp(credential) &&
           (credential->properties & CREDENTIAL_INCREASING) != 0;
}

uint32_t credential_period_s(const struct credential *credential)
{
    uint32_t period_s = 0;
    size_t i = 0;

    for (; i < credential->name_len && i < 5; i++) {
        unsigned digit = credential->name[i] - (unsigned)'0';

        if (digit > 9)
            break;
        period_s = period_s * 10 + digit;
    }
    if (period_s == 0 || i == credential->name_len ||
        credential->name[i] != '/')
        return CREDENTIAL_PERIOD_S;
    return period_s;
}

uint64_t credential_time_s(const struct credential *credential, uint64_t step)
{
    if (step >> 40 != 0)
        return UINT64_MAX;
    return step * credential_period_s(credential);
}

/* --- sealed form ---------------------------------------------------------*/

static size_t encode_credential(const struct credential *credential,
                                uint8_t text[static SEALED_TEXT_MAX])
{
    struct fob_writer writer;

    fob_writer_init(&writer, text, SEALED_TEXT_MAX);
    fob_put_u8(&writer, credential->kind);
    fob_put_u8(&writer, credential->digits);
    fob_put_u8(&writer, credential->properties);
    fob_put_u8(&writer, credential->name_len);
    fob_put_u8(&writer, credential->key_len);
    fob_put_u64(&writer, credential->counter);
    fob_put_bytes(&writer, credential->name, credential->name_len);
    fob_put_bytes(&writer, credential->key, credential->key_len);
    return writer.len;
}

static enum fob_status decode_credential(const uint8_t *text, size_t len,
                                         struct credential *credential)
{
    struct fob_reader reader;
    const uint8_t *name, *key;

    fob_reader_init(&reader, text, len);
    credential->kind = fob_get_u8(&reader);
    credential->digits = fob_get_u8(&reader);
    credential->properties = fob_get_u8(&reader);
    credential->name_len = fob_get_u8(&reader);
    credential->key_len = fob_get_u8(&reader);
    credential->counter = fob_get_u64(&reader);
    name = fob_get_bytes(&reader, credential->name_len);
    key = fob_get_bytes(&reader, credential->key_len);
    if (fob_reader_end(&reader) != FOB_OK ||
        credential->name_len > CREDENTIAL_NAME_MAX ||
        credential->key_len > CREDENTIAL_KEY_MAX)
        return FOB_E_DAMAGED;
    memcpy(credential->name, name, credential->name_len);
    memcpy(credential->key, key, credential->key_len);
    return FOB_OK;
}

enum fob_status accounts_open(const struct store *store, int slot,
                              struct credential *credential)
{
    uint8_t text[SEALED_TEXT_MAX];
    struct log_record record;
    size_t len;
    enum fob_status status = ring_read(store->accounts[slot].at, &record);

    if (status == FOB_OK)
        status = sealed_record_open(store, &record, text, &len);
    if (status == FOB_OK)
        status = decode_credential(text, len, credential);
    if (status != FOB_OK)
        fob_wipe(credential, sizeof(*credential));
    fob_wipe(text, sizeof(text));
    return status;
}

/* --- index ---------------------------------------------------------------*/

/* FNV-1a; a name is compared in full after its hash has matched. */
static uint32_t hash_name(const uint8_t *name, size_t len)
{
    uint32_t hash = UINT32_C(2166136261);

    for (size_t i = 0; i < len; i++)
        hash = (hash ^ name[i]) * UINT32_C(16777619);
    return hash;
}

/* What the index keeps of a credential. */
static void index_credential(struct account *account,
                             const struct credential *credential)
{
    account->name_hash = hash_name(credential->name, credential->name_len);
    account->name_len = credential->name_len;
    account->kind = credential->kind;
}

static int free_slot(const struct store *store)
{
    for (int i = 0; i < STORE_ACCOUNTS_MAX; i++)
        if (store->accounts[i].uid == 0)
            return i;
    return STORE_NONE;
}

/* The record of a rename has the same uid as the one before it, the record of
 * an overwrite names the one it replaces; a cut may have left both. */
void accounts_load(struct store *store, const struct log_record *record,
                   uint16_t at)
{
    int slot = store_slot_of(store, record->uid);

    if (slot == STORE_NONE)
        slot = store_slot_of(store, sealed_record_replaces(record));
    if (slot == STORE_NONE)
        slot = free_slot(store);
    if (slot == STORE_NONE || record->uid == 0)
        return;
    ring_invalidate(store->accounts[slot].at);
    store->accounts[slot].uid = record->uid;
    store->accounts[slot].at = at;
}

void accounts_index(struct store *store)
{
    struct credential credential;

    store->damaged = 0;
    for (int i = 0; i < STORE_ACCOUNTS_MAX; i++) {
        if (store->accounts[i].uid == 0)
            continue;
        if (accounts_open(store, i, &credential) == FOB_OK)
            index_credential(&store->accounts[i], &credential);
        else
            store->damaged++;
    }
    fob_wipe(&credential, sizeof(credential));
}

bool accounts_is_new(const struct store *store, int slot)
{
    const struct account *account = &store->accounts[slot];

    return account->uid >= store->new_uid && account->use_at == RING_NOWHERE;
}

unsigned accounts_count(const struct store *store)
{
    unsigned count = 0;

    for (int i = 0; i < STORE_ACCOUNTS_MAX; i++)
        count += store->accounts[i].uid != 0;
    return count;
}

int accounts_find(const struct store *store, const uint8_t *name, size_t len,
                  struct credential *credential)
{
    uint32_t hash = hash_name(name, len);

    for (int i = 0; i < STORE_ACCOUNTS_MAX; i++) {
        if (store->accounts[i].uid == 0 ||
            store->accounts[i].name_hash != hash ||
            accounts_open(store, i, credential) != FOB_OK)
            continue;
        if (credential->name_len == len &&
            memcmp(credential->name, name, len) == 0)
            return i;
    }
    fob_wipe(credential, sizeof(*credential));
    return STORE_NONE;
}

/* --- changes -------------------------------------------------------------*/

static enum fob_status write_account(struct store *store,
                                     struct account *account, uint32_t uid,
                                     const struct credential *credential)
{
    struct log_record record = {.type = LOG_RECORD_ACCOUNT, .uid = uid};
    uint32_t replaces = account->uid == uid ? 0 : account->uid;
    uint8_t text[SEALED_TEXT_MAX];
    size_t len = encode_credential(credential, text);
    enum fob_status status =
        sealed_record_make(store, &record, replaces, text, len);

    if (status == FOB_OK)
        status = store_replace(store, &record, &account->at);
    fob_wipe(text, sizeof(text));
    return status;
}

enum fob_status accounts_put(struct store *store,
                             const struct credential *credential)
{
    struct credential old;
    uint32_t uid = store->next_uid;
    int slot =
        accounts_find(store, credential->name, credential->name_len, &old);
    enum fob_status status;

    fob_wipe(&old, sizeof(old));
    if (slot == STORE_NONE)
        slot = free_slot(store);
    if (slot == STORE_NONE || uid == UINT32_MAX)
        return FOB_E_NO_MEMORY;
    store->next_uid++;
    status = write_account(store, &store->accounts[slot], uid, credential);
    if (status != FOB_OK)
        return status;
    store->accounts[slot] =
        (struct account){.uid = uid, .at = store->accounts[slot].at};
    index_credential(&store->accounts[slot], credential);
    return FOB_OK;
}

enum fob_status accounts_rename(struct store *store, int slot,
                                const struct credential *credential)
{
    struct account *account = &store->accounts[slot];
    enum fob_status status =
        write_account(store, account, account->uid, credential);

    if (status == FOB_OK)
        index_credential(account, credential);
    return status;
}

/* The log itself tells of every uid but the highest one, when nothing is left
 * of its account.  A flash that cannot hold this takes no account either. */
static void keep_uid(struct store *store, uint32_t uid)
{
    const struct log_record record = {.type = LOG_RECORD_UID, .uid = uid};

    if (uid + 1 == store->next_uid &&
        store_replace(store, &record, &store->at.uid) != FOB_OK)
        store->ring.repairs++;
}

void accounts_delete(struct store *store, int slot)
{
    keep_uid(store, store->accounts[slot].uid);
    ring_invalidate(store->accounts[slot].at);
    store->accounts[slot] = (struct account){0};
}
