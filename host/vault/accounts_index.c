/* SPDX-License-Identifier: MIT */
/* A table of digests with the places of records, each digest in the first
 * free place from where it points to. */
#include "host/vault/accounts_index.h"

#include "host/vault/account_record.h"
#include "host/vault/accounts_put.h"
#include "host/vault/accounts_search.h"

#include <string.h>

enum {
    CAP_MIN = 256,
    MARKS = 3, /* of an account: name, seed, device */
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

    if (account->token[0] == '\0')
        return hash_bytes(hash, otp->secret, otp->secret_len);
    return hash_text(hash_text(hash, otp->issuer), otp->label);
}

/* 0 for what an account does not have. */
static void make_marks(const struct fob_vault_account *account,
                       uint64_t marks[static MARKS])
{
    const uint64_t start = 0xcbf29ce484222325U;

    marks[0] = end_hash(hash_text(start, account->name));
    marks[1] = end_hash(hash_seed(account));
    marks[2] = account->device[0] == '\0'
                   ? 0
                   : end_hash(hash_text(start + 2, account->device));
}

static struct place *places_of(const struct fob_accounts_index *index)
{
    return (void *)index->table.data;
}

static void put_place(struct fob_accounts_index *index, struct place place)
{
    struct place *places = places_of(index);
    size_t i = place.mark & (index->cap - 1);

    while (places[i].mark != 0)
        i = (i + 1) & (index->cap - 1);
    places[i] = place;
    index->count++;
}

static enum fob_status grow_table(struct fob_accounts_index *index)
{
    struct fob_accounts_index wider = {.cap = index->cap == 0 ? CAP_MIN
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

static enum fob_status enter_account(struct fob_accounts_index *index,
                                     const struct fob_vault_account *account,
                                     size_t at)
{
    enum fob_status status = FOB_OK;
    uint64_t marks[MARKS];

    if (2 * (index->count + MARKS) > index->cap)
        status = grow_table(index);
    make_marks(account, marks);
    for (size_t i = 0; status == FOB_OK && i < MARKS; i++)
        if (marks[i] != 0)
            put_place(index, (struct place){marks[i], at});
    return status;
}

enum fob_status fob_accounts_index_make(const struct fob_vault_body *body,
                                        struct fob_accounts_index *index)
{
    struct fob_secret room = {NULL, 0, 0};
    struct fob_vault_account *account = fob_vault_account_alloc(&room);
    enum fob_status status = account != NULL ? FOB_OK : FOB_E_NO_MEMORY;
    struct record record;
    size_t cursor = 0;

    *index = (struct fob_accounts_index){0};
    while (status == FOB_OK && accounts_step(body, &cursor, &record, account))
        status = enter_account(index, account, record.at);
    if (status != FOB_OK)
        fob_accounts_index_free(index);
    fob_secret_free(&room);
    return status;
}

void fob_accounts_index_free(struct fob_accounts_index *index)
{
    fob_secret_free(&index->table);
    *index = (struct fob_accounts_index){0};
}

/* What the account at `at`, into `other`, has of the fresh one's. */
static const char *compare_at(const struct fob_vault_body *body, size_t at,
                              const struct fob_vault_account *fresh,
                              struct fob_vault_account *other)
{
    struct record record;

    return record_next(&body->records, &at, &record) &&
                   account_record_read(&record, other) == FOB_OK
               ? accounts_shared(fresh, other)
               : NULL;
}

/* The first account that has something of it, or SIZE_MAX. */
static size_t find_first(const struct fob_vault_body *body,
                         const struct fob_accounts_index *index,
                         const struct fob_vault_account *fresh,
                         struct fob_vault_account *other)
{
    const struct place *places = places_of(index);
    size_t first = SIZE_MAX, mask = index->cap - 1;
    uint64_t marks[MARKS];

    make_marks(fresh, marks);
    for (size_t i = 0; i < MARKS && index->cap > 0; i++)
        for (size_t at = marks[i] & mask; places[at].mark != 0;
             at = (at + 1) & mask)
            if (places[at].mark == marks[i] && places[at].at < first &&
                compare_at(body, places[at].at, fresh, other) != NULL)
                first = places[at].at;
    return first;
}

static enum fob_status check_new(const struct fob_vault_body *body,
                                 const struct fob_accounts_index *index,
                                 const struct fob_vault_account *fresh,
                                 struct fob_error *error)
{
    struct fob_secret room = {NULL, 0, 0};
    struct fob_vault_account *other = fob_vault_account_alloc(&room);
    enum fob_status status = FOB_OK;
    size_t first;

    if (other == NULL)
        return fob_error_no_memory(error);
    first = find_first(body, index, fresh, other);
    if (first != SIZE_MAX) {
        const char *shared = compare_at(body, first, fresh, other);

        status = accounts_exists(other, shared, error);
    }
    fob_secret_free(&room);
    return status;
}

enum fob_status fob_accounts_add_indexed(
    struct fob_vault_body *body, struct fob_accounts_index *index,
    const struct fob_vault_account *account, struct fob_error *error)
{
    size_t at = body->records.len;
    enum fob_status status = check_new(body, index, account, error);

    if (status == FOB_OK)
        status = accounts_write(body, NULL, account, error);
    if (status == FOB_OK && enter_account(index, account, at) != FOB_OK)
        status = fob_error_no_memory(error);
    return status;
}
