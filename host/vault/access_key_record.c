/* SPDX-License-Identifier: MIT */
#include "host/vault/access_key_record.h"

#include "host/vault/fields.h"
#include "src/wipe.h"

#include <string.h>

#define TEXT(tag, member) FIELD_MEMBER_TEXT(tag, struct fob_access_key, member)

/* Tags are frozen by docs/vault-format.md. */
static const struct field access_key_field[] = {
    TEXT(1, profile),
    TEXT(2, id),
    TEXT(3, secret),
    FIELD_MEMBER_NUMBER(4, 8, struct fob_access_key, created_s),
    TEXT(5, user_arn),
    TEXT(6, config),
    TEXT(7, credentials),
};
static const struct field_table access_key_table = {
    access_key_field, sizeof(access_key_field) / sizeof(access_key_field[0])};

static bool access_key_is_whole(const struct fob_access_key *key)
{
    return key->profile[0] && key->id[0] && key->secret[0];
}

enum fob_status access_key_record_read(const struct record *record,
                                       struct fob_access_key *key)
{
    enum fob_status status;

    memset(key, 0, sizeof(*key));
    status = fields_read(&access_key_table, record, key);
    if (status == FOB_OK && !access_key_is_whole(key))
        status = FOB_E_SYNTAX;
    if (status != FOB_OK)
        fob_wipe(key, sizeof(*key));
    return status;
}

enum fob_status access_key_record_write(const struct fob_access_key *key,
                                        const struct record *old,
                                        struct fob_secret *content)
{
    if (!access_key_is_whole(key))
        return FOB_E_SYNTAX;
    return fields_write(&access_key_table, key, old, content);
}
