/* SPDX-License-Identifier: MIT */
#include "host/vault/backup/merge_keys.h"

#include "host/base/text.h"
#include "host/vault/access_key_record.h"
#include "src/wipe.h"

#include <string.h>

struct merge {
    const struct fob_restore *restore;
    struct fob_vault_body *body;
    size_t own_len; /* of the body, as it was: what the vault itself had */
    struct fob_backup_home home; /* of the backup's maker */
    struct fob_access_key *key;
    struct fob_access_key *other;
    struct fob_error *error;
};

/* The vault's own key of that id, from before. */
static bool find_own(struct merge *merge)
{
    size_t cursor = 0;

    while (fob_access_keys_next(merge->body, &cursor, merge->other) &&
           cursor <= merge->own_len)
        if (strcmp(merge->other->id, merge->key->id) == 0)
            return true;
    return false;
}

/* Of the home that the backup was made in, to the one it is restored in. */
static void move_home(struct merge *merge)
{
    const struct fob_backup_home *here = merge->restore->home;
    struct fob_access_key *key = merge->key;

    if (key->config[0] == '\0' ||
        strcmp(key->config, merge->home.config) != 0 ||
        strcmp(key->credentials, merge->home.credentials) != 0)
        return;
    (void)!fob_text_copy(key->config, sizeof(key->config), here->config);
    (void)!fob_text_copy(key->credentials, sizeof(key->credentials),
                         here->credentials);
}

static enum fob_status tell(const struct merge *merge, enum fob_restored result,
                            const char *was)
{
    const struct fob_restored_item item = {
        .result = result, .key = merge->key, .was = was};

    return merge->restore->take(merge->restore->context, &item, merge->error);
}

/* Another key is there already, and its plaintext is gone. */
static bool is_place_taken(const struct merge *merge,
                           const struct fob_access_key_place *place)
{
    struct fob_error ignored;

    return fob_access_keys_get(merge->body, place, merge->other, &ignored) ==
               FOB_OK &&
           strcmp(merge->other->id, merge->key->id) != 0;
}

static enum fob_status put_key(struct merge *merge, const struct record *record)
{
    struct fob_secret content = {NULL, 0, 0};
    struct fob_secret *records = &merge->body->records;
    enum fob_status status =
        access_key_record_write(merge->key, record, &content);

    if (status == FOB_OK)
        status = record_put(records, records->len, records->len,
                            RECORD_ACCESS_KEY, &content);
    fob_secret_free(&content);
    if (status == FOB_E_NO_MEMORY)
        return fob_error_no_memory(merge->error);
    return status == FOB_OK
               ? FOB_OK
               : fob_error_set(merge->error, status,
                               "the access key %s cannot be put into the vault",
                               merge->key->id);
}

static enum fob_status add_key(struct merge *merge, const struct record *record)
{
    struct fob_access_key *key = merge->key;
    char was[FOB_ACCESS_KEY_PROFILE_MAX + 1];
    struct fob_access_key_place place;
    bool is_taken;
    enum fob_status status;

    move_home(merge);
    place = fob_access_key_place(key);
    is_taken = is_place_taken(merge, &place);
    (void)!fob_text_copy(was, sizeof(was), key->profile);
    if (is_taken && fob_text_format(key->profile, sizeof(key->profile),
                                    "%s (%s)", was, key->id) != FOB_OK)
        return fob_error_set(merge->error, FOB_E_TOO_LONG,
                             "the name of profile %s is too long", was);
    status = put_key(merge, record);
    if (status != FOB_OK)
        return status;
    return is_taken ? tell(merge, FOB_RESTORED_RENAMED, was)
                    : tell(merge, FOB_RESTORED_ADDED, NULL);
}

static enum fob_status merge_key(struct merge *merge,
                                 const struct record *record)
{
    bool is_same;

    if (access_key_record_read(record, merge->key) != FOB_OK)
        return fob_error_set(merge->error, FOB_E_DAMAGED,
                             "the backup breaks the format");
    if (!find_own(merge))
        return add_key(merge, record);
    is_same = fob_equal(merge->other->secret, merge->key->secret,
                        sizeof(merge->key->secret));
    return tell(merge, is_same ? FOB_RESTORED_KEPT : FOB_RESTORED_DIFFERS,
                NULL);
}

static enum fob_status merge_each(struct merge *merge,
                                  const struct fob_secret *records)
{
    enum fob_status status = backup_records_home(records, &merge->home);
    struct record record;

    for (size_t at = 0; status == FOB_OK && record_next(records, &at, &record);)
        if (record.type == RECORD_ACCESS_KEY)
            status = merge_key(merge, &record);
    return status;
}

enum fob_status merge_keys(const struct fob_secret *records,
                           const struct fob_restore *restore,
                           struct fob_vault_body *body, struct fob_error *error)
{
    struct fob_secret rooms[2] = {{NULL, 0, 0}, {NULL, 0, 0}};
    struct merge merge = {.restore = restore,
                          .body = body,
                          .own_len = body->records.len,
                          .key = fob_access_key_alloc(&rooms[0]),
                          .other = fob_access_key_alloc(&rooms[1]),
                          .error = error};
    enum fob_status status = merge.key == NULL || merge.other == NULL
                                 ? fob_error_no_memory(error)
                                 : merge_each(&merge, records);

    fob_secret_free(&rooms[0]);
    fob_secret_free(&rooms[1]);
    return status;
}
