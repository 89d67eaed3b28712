/* SPDX-License-Identifier: MIT */
#include "host/vault/account_record.h"

#include "host/vault/fields.h"
#include "src/wipe.h"

#include <string.h>

#define TEXT(tag, member)                                                      \
    FIELD_MEMBER_TEXT(tag, struct fob_vault_account, member)
#define NUMBER(tag, wire_len, member)                                          \
    FIELD_MEMBER_NUMBER(tag, wire_len, struct fob_vault_account, member)

/* Tags are frozen by docs/vault-format.md. */
static const struct field account_field[] = {
    TEXT(1, name),
    TEXT(2, otp.issuer),
    TEXT(3, otp.label),
    FIELD_MEMBER_BYTES(4, struct fob_vault_account, otp.secret, otp.secret_len),
    TEXT(5, token),
    NUMBER(6, 1, otp.type),
    NUMBER(7, 1, otp.hash),
    NUMBER(8, 1, otp.digits),
    NUMBER(9, 4, otp.period_s),
    NUMBER(10, 8, otp.counter),
    NUMBER(11, 8, created_s),
    TEXT(12, device),
    TEXT(13, user),
    TEXT(14, partition),
    TEXT(15, account_id),
    NUMBER(16, 4, offset_s),
    TEXT(17, token_name),
    TEXT(18, token_id),
    TEXT(19, origin),
};
static const struct field_table account_table = {
    account_field, sizeof(account_field) / sizeof(account_field[0])};

struct fob_vault_account *fob_vault_account_alloc(struct fob_secret *room)
{
    if (fob_secret_alloc(room, sizeof(struct fob_vault_account)) != FOB_OK)
        return NULL;
    return (void *)room->data;
}

/* The seed is in exactly one place.  For one on a token the other parameters
 * are checked beside a stand-in, since the core knows no account without. */
static enum fob_status account_check(struct fob_vault_account *account)
{
    bool on_token = account->token[0] != '\0';
    enum fob_status status;

    if (account->name[0] == '\0' || on_token != (account->otp.secret_len == 0))
        return FOB_E_SYNTAX;
    if (!on_token &&
        (account->token_name[0] != '\0' || account->token_id[0] != '\0' ||
         account->origin[0] != '\0'))
        return FOB_E_SYNTAX;
    if (on_token)
        account->otp.secret_len = FOB_SECRET_MIN;
    status = fob_account_check(&account->otp);
    if (on_token)
        account->otp.secret_len = 0;
    return status == FOB_E_TOO_SHORT ? FOB_OK : status;
}

enum fob_status account_record_read(const struct record *record,
                                    struct fob_vault_account *account)
{
    enum fob_status status;

    memset(account, 0, sizeof(*account));
    status = fields_read(&account_table, record, account);
    if (status == FOB_OK)
        status = account_check(account);
    if (status != FOB_OK)
        fob_wipe(account, sizeof(*account));
    return status;
}

/* What is written is read back: no account that breaks the rules gets in,
 * however it came about. */
enum fob_status account_record_write(const struct fob_vault_account *account,
                                     const struct record *old,
                                     struct fob_secret *content)
{
    struct fob_secret room = {NULL, 0, 0};
    struct fob_vault_account *again = fob_vault_account_alloc(&room);
    struct record written = {.type = RECORD_ACCOUNT};
    enum fob_status status = again != NULL ? FOB_OK : FOB_E_NO_MEMORY;

    if (status == FOB_OK)
        status = fields_write(&account_table, account, old, content);
    if (status == FOB_OK) {
        written.content = content->data;
        written.content_len = content->len;
        status = account_record_read(&written, again);
    }
    if (status != FOB_OK)
        fob_secret_free(content);
    fob_secret_free(&room);
    return status;
}
