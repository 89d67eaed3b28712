/* SPDX-License-Identifier: MIT */
#include "host/vault/body.h"

#include "host/vault/fields.h"
#include "host/vault/known_record.h"
#include "host/vault/seal.h"
#include "src/wipe.h"

#include <string.h>

enum { CACHE_KEY_LEN = 32 };

struct facts {
    uint8_t cache_key[CACHE_KEY_LEN];
    size_t cache_key_len;
};

static const struct field facts_field[] = {
    FIELD_MEMBER_BYTES(1, struct facts, cache_key, cache_key_len),
};
static const struct field_table facts_table = {facts_field, 1};

static struct facts *facts_room(struct fob_secret *room)
{
    if (fob_secret_alloc(room, sizeof(struct facts)) != FOB_OK)
        return NULL;
    return (void *)room->data;
}

static enum fob_status facts_read(const struct record *record,
                                  struct facts *facts)
{
    enum fob_status status;

    memset(facts, 0, sizeof(*facts));
    status = fields_read(&facts_table, record, facts);
    if (status == FOB_OK && facts->cache_key_len != CACHE_KEY_LEN)
        status = FOB_E_SYNTAX;
    if (status != FOB_OK)
        fob_wipe(facts, sizeof(*facts));
    return status;
}

enum fob_status body_make(struct fob_vault_body *body)
{
    struct fob_secret room = {NULL, 0, 0}, content = {NULL, 0, 0};
    struct facts *facts = facts_room(&room);
    enum fob_status status = FOB_E_NO_MEMORY;

    if (facts != NULL)
        status = fob_seal_random(facts->cache_key, CACHE_KEY_LEN);
    if (status == FOB_OK) {
        facts->cache_key_len = CACHE_KEY_LEN;
        status = fields_write(&facts_table, facts, NULL, &content);
    }
    if (status == FOB_OK)
        status = record_put(&body->records, 0, 0, RECORD_FACTS, &content);
    fob_secret_free(&content);
    fob_secret_free(&room);
    return status;
}

/* Room to decode any record into. */
union any_record {
    struct facts facts;
    union known_record known;
};

static enum fob_status record_decode(const struct record *record,
                                     union any_record *room)
{
    return record->type == RECORD_FACTS
               ? facts_read(record, &room->facts)
               : known_record_check(record, &room->known);
}

static enum fob_status body_check_records(const struct fob_secret *records,
                                          union any_record *room,
                                          struct fob_error *error)
{
    struct record record;
    size_t number = 1, facts = 0;

    for (size_t at = 0; record_next(records, &at, &record); number++) {
        if (record_decode(&record, room) != FOB_OK)
            return fob_error_set(error, FOB_E_DAMAGED,
                                 "record %zu of its contents breaks the format",
                                 number);
        facts += record.type == RECORD_FACTS;
    }
    if (facts != 1)
        return fob_error_set(error, FOB_E_DAMAGED,
                             "its contents have %zu facts records, not one",
                             facts);
    return FOB_OK;
}

enum fob_status body_check(const struct fob_vault_body *body,
                           struct fob_error *error)
{
    const struct fob_secret *records = &body->records;
    struct fob_secret room = {NULL, 0, 0};
    enum fob_status status;

    if (!record_check(records->data, records->len))
        return fob_error_set(error, FOB_E_DAMAGED,
                             "its contents end within a record");
    if (fob_secret_alloc(&room, sizeof(union any_record)) != FOB_OK)
        return fob_error_no_memory(error);
    status = body_check_records(records, (void *)room.data, error);
    fob_secret_free(&room);
    return status;
}

/* body_check has found exactly one. */
static enum fob_status facts_find(const struct fob_vault_body *body,
                                  struct facts *facts)
{
    struct record record;
    size_t at = 0;

    while (record_next(&body->records, &at, &record))
        if (record.type == RECORD_FACTS)
            return facts_read(&record, facts);
    return FOB_E_DAMAGED;
}

enum fob_status fob_vault_cache_key(const struct fob_vault_body *body,
                                    struct fob_secret *key,
                                    struct fob_error *error)
{
    struct fob_secret room = {NULL, 0, 0};
    struct facts *facts = facts_room(&room);
    enum fob_status status =
        facts != NULL ? facts_find(body, facts) : FOB_E_NO_MEMORY;

    if (status == FOB_OK)
        status = fob_secret_copy(key, facts->cache_key, CACHE_KEY_LEN);
    fob_secret_free(&room);
    if (status != FOB_OK)
        fob_error_set(error, status, "cannot get the session-cache key");
    return status;
}

void fob_vault_body_free(struct fob_vault_body *body)
{
    fob_secret_free(&body->records);
}
