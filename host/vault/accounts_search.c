/* SPDX-License-Identifier: MIT */
#include "host/vault/accounts_search.h"

#include "host/base/text.h"
#include "host/vault/account_record.h"
#include "src/wipe.h"

#include <stdio.h>
#include <string.h>

bool accounts_step(const struct fob_vault_body *body, size_t *cursor,
                   struct record *record, struct fob_vault_account *account)
{
    while (record_next(&body->records, cursor, record))
        if (record->type == RECORD_ACCOUNT &&
            account_record_read(record, account) == FOB_OK)
            return true;
    fob_wipe(account, sizeof(*account));
    return false;
}

bool fob_accounts_next(const struct fob_vault_body *body, size_t *cursor,
                       struct fob_vault_account *account)
{
    struct record record;

    return accounts_step(body, cursor, &record, account);
}

/* The token's own name for it tells, where it is known of both. */
static bool share_entry(const struct fob_vault_account *a,
                        const struct fob_vault_account *b)
{
    if (a->token_id[0] != '\0' && b->token_id[0] != '\0' &&
        strcmp(a->token_id, b->token_id) != 0)
        return false;
    if (a->token_name[0] != '\0' && b->token_name[0] != '\0')
        return strcmp(a->token_name, b->token_name) == 0;
    return strcmp(a->otp.issuer, b->otp.issuer) == 0 &&
           strcmp(a->otp.label, b->otp.label) == 0;
}

bool accounts_share_kind(const struct fob_vault_account *a,
                         const struct fob_vault_account *b)
{
    return a->otp.type == b->otp.type && a->otp.hash == b->otp.hash &&
           a->otp.digits == b->otp.digits && a->otp.period_s == b->otp.period_s;
}

bool accounts_is_same(const struct fob_vault_account *a,
                      const struct fob_vault_account *b)
{
    if (strcmp(a->token, b->token) != 0)
        return false;
    if (a->token[0] != '\0')
        return share_entry(a, b);
    return accounts_share_kind(a, b) &&
           a->otp.secret_len == b->otp.secret_len &&
           fob_equal(a->otp.secret, b->otp.secret, a->otp.secret_len);
}

enum fob_status fob_accounts_find_seed(const struct fob_vault_body *body,
                                       const struct fob_vault_account *account,
                                       struct fob_vault_account *same)
{
    struct record record;
    size_t cursor = 0;

    while (accounts_step(body, &cursor, &record, same))
        if (accounts_is_same(same, account))
            return FOB_OK;
    return FOB_E_NOT_FOUND;
}

bool accounts_exact(const struct fob_vault_body *body, const char *name,
                    struct record *record, struct fob_vault_account *account)
{
    size_t cursor = 0;

    while (accounts_step(body, &cursor, record, account))
        if (strcmp(account->name, name) == 0)
            return true;
    return false;
}

/* How many names hold `part`; *record is the last of them. */
static size_t accounts_count(const struct fob_vault_body *body,
                             const char *part, struct record *record,
                             struct fob_vault_account *account)
{
    struct record at;
    size_t cursor = 0, count = 0;

    if (part[0] == '\0')
        return 0;
    while (accounts_step(body, &cursor, &at, account))
        if (fob_text_contains(account->name, part)) {
            *record = at;
            count++;
        }
    return count;
}

enum fob_status accounts_none(const char *name, struct fob_error *error)
{
    fob_error_set(error, FOB_E_NOT_FOUND, "no account is named \"%s\"", name);
    fob_error_hint(error, "fob list");
    return FOB_E_NOT_FOUND;
}

/* As many of the names as fit the text. */
static enum fob_status accounts_many(const struct fob_vault_body *body,
                                     const char *part,
                                     struct fob_vault_account *account,
                                     struct fob_error *error)
{
    char names[FOB_ERROR_TEXT_MAX + 1] = "";
    size_t cursor = 0, len = 0;

    while (fob_accounts_next(body, &cursor, account)) {
        if (!fob_text_contains(account->name, part))
            continue;
        int more = snprintf(names + len, sizeof(names) - len, "%s%s",
                            len ? ", " : "", account->name);
        if ((size_t)more >= sizeof(names) - len)
            break;
        len += (size_t)more;
    }
    fob_wipe(account, sizeof(*account));
    fob_error_set(error, FOB_E_AMBIGUOUS, "\"%s\" fits several accounts: %s",
                  part, names);
    fob_error_hint(error, "name one of them in full");
    return FOB_E_AMBIGUOUS;
}

enum fob_status accounts_locate(const struct fob_vault_body *body,
                                const char *name, struct record *record,
                                struct fob_vault_account *account,
                                struct fob_error *error)
{
    size_t count;

    if (accounts_exact(body, name, record, account))
        return FOB_OK;
    count = accounts_count(body, name, record, account);
    if (count == 0)
        return accounts_none(name, error);
    if (count > 1)
        return accounts_many(body, name, account, error);
    if (account_record_read(record, account) != FOB_OK)
        return accounts_none(name, error);
    return FOB_OK;
}

enum fob_status fob_accounts_find(const struct fob_vault_body *body,
                                  const char *name,
                                  struct fob_vault_account *account,
                                  struct fob_error *error)
{
    struct record record;

    return accounts_locate(body, name, &record, account, error);
}

enum fob_status fob_accounts_find_device(const struct fob_vault_body *body,
                                         const char *device,
                                         struct fob_vault_account *account,
                                         struct fob_error *error)
{
    size_t cursor = 0;

    while (fob_accounts_next(body, &cursor, account))
        if (device[0] && strcmp(account->device, device) == 0)
            return FOB_OK;
    fob_error_set(error, FOB_E_NOT_FOUND, "no account is the device %s",
                  device);
    fob_error_hint(error, "fob list");
    return FOB_E_NOT_FOUND;
}
