/* SPDX-License-Identifier: MIT */
#include "host/vault/access_keys.h"

#include "host/vault/access_key_record.h"
#include "src/wipe.h"

#include <string.h>

struct fob_access_key *fob_access_key_alloc(struct fob_secret *room)
{
    if (fob_secret_alloc(room, sizeof(struct fob_access_key)) != FOB_OK)
        return NULL;
    return (void *)room->data;
}

static bool access_keys_step(const struct fob_vault_body *body, size_t *cursor,
                             struct record *record, struct fob_access_key *key)
{
    while (record_next(&body->records, cursor, record))
        if (record->type == RECORD_ACCESS_KEY &&
            access_key_record_read(record, key) == FOB_OK)
            return true;
    fob_wipe(key, sizeof(*key));
    return false;
}

bool fob_access_keys_next(const struct fob_vault_body *body, size_t *cursor,
                          struct fob_access_key *key)
{
    struct record record;

    return access_keys_step(body, cursor, &record, key);
}

struct fob_access_key_place
fob_access_key_place(const struct fob_access_key *key)
{
    return (struct fob_access_key_place){.profile = key->profile,
                                         .config = key->config,
                                         .credentials = key->credentials};
}

static bool access_key_is_at(const struct fob_access_key *key,
                             const struct fob_access_key_place *place)
{
    return strcmp(key->profile, place->profile) == 0 &&
           strcmp(key->config, place->config) == 0 &&
           strcmp(key->credentials, place->credentials) == 0;
}

static bool access_keys_locate(const struct fob_vault_body *body,
                               const struct fob_access_key_place *place,
                               struct record *record,
                               struct fob_access_key *key)
{
    size_t cursor = 0;

    while (access_keys_step(body, &cursor, record, key))
        if (access_key_is_at(key, place))
            return true;
    return false;
}

static enum fob_status
access_keys_none(const struct fob_access_key_place *place,
                 struct fob_error *error)
{
    fob_error_set(error, FOB_E_NOT_FOUND,
                  "the vault has no access key of the profile \"%s\"%s%s",
                  place->profile, place->config[0] != '\0' ? " of " : "",
                  place->config);
    fob_error_hint(error, "fob keys list");
    return FOB_E_NOT_FOUND;
}

enum fob_status fob_access_keys_get(const struct fob_vault_body *body,
                                    const struct fob_access_key_place *place,
                                    struct fob_access_key *key,
                                    struct fob_error *error)
{
    struct record record;

    return access_keys_locate(body, place, &record, key)
               ? FOB_OK
               : access_keys_none(place, error);
}

enum fob_status fob_access_keys_get_id(const struct fob_vault_body *body,
                                       const char *id,
                                       struct fob_access_key *key)
{
    struct record record;
    size_t cursor = 0;

    while (access_keys_step(body, &cursor, &record, key))
        if (strcmp(key->id, id) == 0)
            return FOB_OK;
    return FOB_E_NOT_FOUND;
}

/* Where the key of `place` is, as a record; FOB_E_NOT_FOUND, error not set.
 */
static enum fob_status
access_keys_seek(const struct fob_vault_body *body,
                 const struct fob_access_key_place *place,
                 struct record *record)
{
    struct fob_secret room = {NULL, 0, 0};
    struct fob_access_key *key = fob_access_key_alloc(&room);
    bool found = key != NULL && access_keys_locate(body, place, record, key);

    fob_secret_free(&room);
    return key == NULL ? FOB_E_NO_MEMORY : found ? FOB_OK : FOB_E_NOT_FOUND;
}

enum fob_status fob_access_keys_put(struct fob_vault_body *body,
                                    const struct fob_access_key *key,
                                    struct fob_error *error)
{
    struct fob_secret content = {NULL, 0, 0};
    struct record old;
    const struct fob_access_key_place place = fob_access_key_place(key);
    enum fob_status status = access_keys_seek(body, &place, &old);
    bool found = status == FOB_OK;
    size_t end = body->records.len;

    if (status != FOB_E_NO_MEMORY)
        status = access_key_record_write(key, found ? &old : NULL, &content);
    if (status == FOB_OK)
        status = record_put(&body->records, found ? old.at : end,
                            found ? old.end : end, RECORD_ACCESS_KEY, &content);
    fob_secret_free(&content);
    if (status == FOB_E_NO_MEMORY)
        return fob_error_no_memory(error);
    if (status != FOB_OK)
        return fob_error_set(error, FOB_E_SYNTAX,
                             "the access key's fields are out of range");
    return FOB_OK;
}

enum fob_status fob_access_keys_remove(struct fob_vault_body *body,
                                       const struct fob_access_key_place *place,
                                       struct fob_error *error)
{
    struct record record;
    enum fob_status status = access_keys_seek(body, place, &record);

    if (status == FOB_E_NO_MEMORY)
        return fob_error_no_memory(error);
    if (status != FOB_OK)
        return access_keys_none(place, error);
    record_cut(&body->records, record.at, record.end);
    return FOB_OK;
}
