/* SPDX-License-Identifier: MIT */
/* A table of digests with the places of records, each digest in the first
 * free place from where it points to. */
#include "host/vault/accounts_index.h"

#include "host/vault/account_record.h"
#include "host/vault/accounts_search.h"

#include <string.h>

enum {
    CAP_MIN = 256,
    MARKS = 3, /* of an account: enum accounts_mark */
};

struct place {
    uint64_t mark; /* 0: free */
    size_t at;     /* of the record */
};

/* FNV-1a, a kind of mark apart from the others. */
static uint64_t hash_bytes(uint64_t hash, const void *data, size_t len)
{
    const uint8_t *byte = data;

    for (size_t i = 0; i < len; i++)
        hash = (hash ^ byte[i]) * 0x100000001b3U;
    return hash;
}

static uint64_t hash_text(uint64_t hash, const char *text)
{
    return hash_bytes(hash, text, strlen(text) + 1);
}

/* The high bits of FNV are its better ones. */
static uint64_t end_hash(uint64_t hash)
{
    hash ^= hash >> 32;
    return hash != 0 ? hash : 1;
}

static uint64_t hash_seed(const struct fob_vault_account *account)
{
    const struct fob_account *otp = &account->otp;
    uint64_t hash = hash_text(0xcbf29ce484222325U + 1, account->token);

    if (account->token[0] == '\0') {
        const uint32_t kind[] = {otp->type, otp->hash, otp->digits,
                                 otp->period_s};

        hash = hash_bytes(hash, kind, sizeof(kind));
        return hash_bytes(hash, otp->secret, otp->secret_len);
    }
    return hash; /* a token holds few: each is compared */
}

/* 0 for what an account does not have. */
static void make_marks(const struct fob_vault_account *account,
                       uint64_t marks[static MARKS])
{
    const uint64_t start = 0xcbf29ce484222325U;

    marks[ACCOUNTS_NAME] = end_hash(hash_text(start, account->name));
    marks[ACCOUNTS_SEED] = end_hash(hash_seed(account));
    marks[ACCOUNTS_DEVICE] =
        account->device[0] == '\0'
            ? 0
            : end_hash(hash_text(start + 2, account->device));
}

static struct place *places_of(const struct accounts_index *index)
{
    return (void *)index->table.data;
}

static void put_place(struct accounts_index *index, struct place place)
{
    struct place *places = places_of(index);
    size_t i = place.mark & (index->cap - 1);

    while (places[i].mark != 0)
        i = (i + 1) & (index->cap - 1);
    places[i] = place;
    index->count++;
}

static enum fob_status grow_table(struct accounts_index *index)
{
    struct accounts_index wider = {.cap = index->cap == 0 ? CAP_MIN
                                                          : 2 * index->cap};
    enum fob_status status =
        fob_secret_alloc(&wider.table, wider.cap * sizeof(struct place));

    if (status != FOB_OK)
        return status;
    for (size_t i = 0; i < index->cap; i++)
        if (places_of(index)[i].mark != 0)
            put_place(&wider, places_of(index)[i]);
    fob_secret_free(&index->table);
    *index = wider;
    return FOB_OK;
}

static enum fob_status enter_marks(struct accounts_index *index,
                                   const uint64_t *marks, size_t count,
                                   size_t at)
{
    enum fob_status status = FOB_OK;

    if (2 * (index->count + count) > index->cap)
        status = grow_table(index);
    for (size_t i = 0; status == FOB_OK && i < count; i++)
        if (marks[i] != 0)
            put_place(index, (struct place){marks[i], at});
    return status;
}

enum fob_status accounts_index_enter(struct accounts_index *index,
                                     const struct fob_vault_account *account,
                                     size_t at)
{
    uint64_t marks[MARKS];

    make_marks(account, marks);
    return enter_marks(index, marks, MARKS, at);
}

enum fob_status
accounts_index_enter_device(struct accounts_index *index,
                            const struct fob_vault_account *account, size_t at)
{
    uint64_t marks[MARKS];

    make_marks(account, marks);
    return enter_marks(index, &marks[ACCOUNTS_DEVICE], 1, at);
}

void accounts_index_move(struct accounts_index *index, size_t at, size_t by)
{
    struct place *places = places_of(index);

    for (size_t i = 0; by != 0 && i < index->cap; i++)
        if (places[i].mark != 0 && places[i].at > at)
            places[i].at += by;
}

enum fob_status accounts_index_make(const struct fob_vault_body *body,
                                    struct accounts_index *index)
{
    struct fob_secret room = {NULL, 0, 0};
    struct fob_vault_account *account = fob_vault_account_alloc(&room);
    enum fob_status status = account != NULL ? FOB_OK : FOB_E_NO_MEMORY;
    struct record record;
    size_t cursor = 0;

    *index = (struct accounts_index){0};
    while (status == FOB_OK && accounts_step(body, &cursor, &record, account))
        status = accounts_index_enter(index, account, record.at);
    if (status != FOB_OK)
        accounts_index_free(index);
    fob_secret_free(&room);
    return status;
}

void accounts_index_free(struct accounts_index *index)
{
    fob_secret_free(&index->table);
    *index = (struct accounts_index){0};
}

static bool has_mark(enum accounts_mark mark,
                     const struct fob_vault_account *fresh,
                     const struct fob_vault_account *other)
{
    switch (mark) {
    case ACCOUNTS_NAME:
        return strcmp(fresh->name, other->name) == 0;
    case ACCOUNTS_SEED:
        return accounts_is_same(fresh, other);
    default:
        return strcmp(fresh->device, other->device) == 0;
    }
}

static bool read_at(const struct fob_vault_body *body, size_t at,
                    struct record *record, struct fob_vault_account *account)
{
    return record_next(&body->records, &at, record) &&
           account_record_read(record, account) == FOB_OK;
}

bool accounts_index_find(const struct accounts_index *index,
                         const struct fob_vault_body *body,
                         enum accounts_mark mark,
                         const struct fob_vault_account *fresh,
                         struct record *record, struct fob_vault_account *other)
{
    const struct place *places = places_of(index);
    size_t mask = index->cap - 1;
    uint64_t marks[MARKS];

    make_marks(fresh, marks);
    if (index->cap == 0 || marks[mark] == 0)
        return false;
    for (size_t i = marks[mark] & mask; places[i].mark != 0; i = (i + 1) & mask)
        if (places[i].mark == marks[mark] &&
            read_at(body, places[i].at, record, other) &&
            has_mark(mark, fresh, other))
            return true;
    return false;
}
