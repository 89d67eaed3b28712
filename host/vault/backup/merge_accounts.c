/* SPDX-License-Identifier: MIT */
#include "host/vault/backup/merge_accounts.h"

#include "host/base/text.h"
#include "host/vault/account_record.h"
#include "host/vault/accounts_index.h"
#include "host/vault/accounts_search.h"
#include "src/wipe.h"

#include <string.h>

enum { NUMBERS_MAX = 10000 };

struct merge {
    const struct fob_restore *restore;
    struct fob_vault_body *body;
    struct fob_vault_account *account; /* of the backup */
    struct fob_vault_account *other;   /* of the vault */
    struct fob_accounts_index index;   /* of the vault, unless is_stale */
    bool is_stale;
    size_t near_at; /* behind the account that was found last */
    struct fob_error *error;
};

static bool is_same_kind(const struct fob_account *a,
                         const struct fob_account *b)
{
    return a->type == b->type && a->hash == b->hash && a->digits == b->digits &&
           a->period_s == b->period_s;
}

/* Whether an account of the vault is the device. */
static bool has_device(struct merge *merge, const char *device)
{
    size_t cursor = 0;

    while (fob_accounts_next(merge->body, &cursor, merge->other))
        if (strcmp(merge->other->device, device) == 0)
            return true;
    return false;
}

static bool has_name(struct merge *merge, const char *name)
{
    struct record record;

    return accounts_exact(merge->body, name, &record, merge->other);
}

static enum fob_status tell(const struct merge *merge,
                            const struct fob_vault_account *account,
                            enum fob_restored result, const char *was)
{
    const struct fob_restored_item item = {
        .result = result, .account = account, .was = was};

    return merge->restore->take(merge->restore->context, &item, merge->error);
}

static void unbind(struct fob_vault_account *account)
{
    account->device[0] = '\0';
    account->user[0] = '\0';
    account->partition[0] = '\0';
    account->account_id[0] = '\0';
    account->offset_s = 0;
}

static void bind_as(struct fob_vault_account *account,
                    const struct fob_vault_account *from)
{
    memcpy(account->device, from->device, sizeof(account->device));
    memcpy(account->user, from->user, sizeof(account->user));
    memcpy(account->partition, from->partition, sizeof(account->partition));
    memcpy(account->account_id, from->account_id, sizeof(account->account_id));
    account->offset_s = from->offset_s;
}

/* What the backup knows beyond the vault's own, which is `own`. */
static enum fob_status complete(struct merge *merge,
                                struct fob_vault_account *own)
{
    const struct fob_vault_account *from = merge->account;
    bool may_bind = own->device[0] == '\0' && from->device[0] != '\0' &&
                    !has_device(merge, from->device);
    bool is_behind = from->otp.counter > own->otp.counter;

    if (!may_bind && !is_behind)
        return FOB_OK;
    if (may_bind)
        bind_as(own, from);
    if (is_behind)
        own->otp.counter = from->otp.counter;
    merge->is_stale = true;
    merge->near_at = 0; /* records move */
    return fob_accounts_replace(merge->body, own->name, own, merge->error);
}

static enum fob_status keep_own(struct merge *merge)
{
    struct fob_secret room = {NULL, 0, 0};
    struct fob_vault_account *own = fob_vault_account_alloc(&room);
    enum fob_status status;

    if (own == NULL)
        return fob_error_no_memory(merge->error);
    *own = *merge->other;
    if (is_same_kind(&own->otp, &merge->account->otp)) {
        status = complete(merge, own);
        if (status == FOB_OK)
            status = tell(merge, own, FOB_RESTORED_KEPT, NULL);
    } else {
        status = tell(merge, own, FOB_RESTORED_DIFFERS, NULL);
    }
    fob_secret_free(&room);
    return status;
}

/* "NAME-2" and so on; a long name is cut between characters. */
static enum fob_status choose_name(struct merge *merge, const char *was)
{
    char *name = merge->account->name;
    size_t len = strlen(was);

    while (len > FOB_ACCOUNT_NAME_MAX - 6 ||
           (len > 0 && ((unsigned char)was[len] & 0xc0) == 0x80))
        len--;
    for (unsigned i = 2; i < NUMBERS_MAX; i++) {
        (void)!fob_text_format(name, FOB_ACCOUNT_NAME_MAX + 1, "%.*s-%u",
                               (int)len, was, i);
        if (!has_name(merge, name))
            return FOB_OK;
    }
    return fob_error_set(merge->error, FOB_E_EXISTS,
                         "no name is left for the account %s", was);
}

static enum fob_status put_account(struct merge *merge,
                                   const struct record *record)
{
    struct fob_secret content = {NULL, 0, 0};
    struct fob_secret *records = &merge->body->records;
    enum fob_status status =
        account_record_write(merge->account, record, &content);

    merge->is_stale = true;
    if (status == FOB_OK)
        status = record_put(records, records->len, records->len, RECORD_ACCOUNT,
                            &content);
    fob_secret_free(&content);
    if (status == FOB_E_NO_MEMORY)
        return fob_error_no_memory(merge->error);
    return status == FOB_OK
               ? FOB_OK
               : fob_error_set(merge->error, status,
                               "the account %s cannot be put into the vault",
                               merge->account->name);
}

static enum fob_status add_account(struct merge *merge,
                                   const struct record *record)
{
    struct fob_vault_account *account = merge->account;
    char was[FOB_ACCOUNT_NAME_MAX + 1];
    bool is_taken = has_name(merge, account->name);
    enum fob_status status = FOB_OK;

    (void)!fob_text_copy(was, sizeof(was), account->name);
    if (account->device[0] != '\0' && has_device(merge, account->device))
        unbind(account);
    if (is_taken)
        status = choose_name(merge, was);
    if (status == FOB_OK)
        status = put_account(merge, record);
    if (status != FOB_OK)
        return status;
    return is_taken ? tell(merge, account, FOB_RESTORED_RENAMED, was)
                    : tell(merge, account, FOB_RESTORED_ADDED, NULL);
}

/* Whether this fob would write the record as it is. */
static bool is_known_whole(const struct merge *merge,
                           const struct record *record)
{
    struct fob_secret content = {NULL, 0, 0};
    bool is_whole =
        account_record_write(merge->account, NULL, &content) == FOB_OK &&
        content.len == record->content_len;

    fob_secret_free(&content);
    return is_whole;
}

/* Most accounts of most backups are in nobody's way: of thousands, each is
 * looked up at once.  FOB_E_EXISTS for any other. */
static enum fob_status add_at_once(struct merge *merge,
                                   const struct record *record)
{
    enum fob_status status = FOB_OK;

    if (!is_known_whole(merge, record))
        return FOB_E_EXISTS;
    if (merge->is_stale) {
        fob_accounts_index_free(&merge->index);
        status = fob_accounts_index_make(merge->body, &merge->index);
    }
    if (status != FOB_OK)
        return fob_error_no_memory(merge->error);
    merge->is_stale = false;
    status = fob_accounts_add_indexed(merge->body, &merge->index,
                                      merge->account, merge->error);
    return status == FOB_OK
               ? tell(merge, merge->account, FOB_RESTORED_ADDED, NULL)
               : status;
}

static bool find_own_from(struct merge *merge, size_t at)
{
    struct record record;

    while (accounts_step(merge->body, &at, &record, merge->other))
        if (accounts_share_seed(merge->other, merge->account)) {
            merge->near_at = at;
            return true;
        }
    return false;
}

/* A vault and its backup have the same order: the next one is near the last. */
static bool find_own(struct merge *merge)
{
    return (merge->near_at > 0 && find_own_from(merge, merge->near_at)) ||
           find_own_from(merge, 0);
}

static enum fob_status merge_account(struct merge *merge,
                                     const struct record *record)
{
    enum fob_status status;

    if (account_record_read(record, merge->account) != FOB_OK)
        return fob_error_set(merge->error, FOB_E_DAMAGED,
                             "the backup breaks the format");
    status = add_at_once(merge, record);
    if (status != FOB_E_EXISTS)
        return status;
    fob_error_clear(merge->error);
    return find_own(merge) ? keep_own(merge) : add_account(merge, record);
}

enum fob_status merge_accounts(const struct fob_secret *records,
                               const struct fob_restore *restore,
                               struct fob_vault_body *body,
                               struct fob_error *error)
{
    struct fob_secret rooms[2] = {{NULL, 0, 0}, {NULL, 0, 0}};
    struct merge merge = {.restore = restore,
                          .body = body,
                          .account = fob_vault_account_alloc(&rooms[0]),
                          .other = fob_vault_account_alloc(&rooms[1]),
                          .is_stale = true,
                          .error = error};
    enum fob_status status = merge.account == NULL || merge.other == NULL
                                 ? fob_error_no_memory(error)
                                 : FOB_OK;
    struct record record;

    for (size_t at = 0; status == FOB_OK && record_next(records, &at, &record);)
        if (record.type == RECORD_ACCOUNT)
            status = merge_account(&merge, &record);
    fob_accounts_index_free(&merge.index);
    fob_secret_free(&rooms[0]);
    fob_secret_free(&rooms[1]);
    return status;
}
