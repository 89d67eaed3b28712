/* SPDX-License-Identifier: MIT */
#include "host/vault/accounts_merge.h"

#include "host/base/text.h"
#include "host/vault/accounts_put.h"
#include "host/vault/accounts_search.h"

#include <string.h>

enum {
    NUMBER_MAX = 1 << 20,
    NUMBER_ROOM = 10, /* of " (1048576)" */
};

enum fob_status fob_accounts_merge_begin(struct fob_accounts_merge *merge,
                                         struct fob_vault_body *body,
                                         struct fob_error *error)
{
    *merge = (struct fob_accounts_merge){.body = body};
    merge->account = fob_vault_account_alloc(&merge->rooms[0]);
    merge->other = fob_vault_account_alloc(&merge->rooms[1]);
    if (merge->account == NULL || merge->other == NULL ||
        accounts_index_make(body, &merge->index) != FOB_OK)
        return fob_error_no_memory(error);
    return FOB_OK;
}

void fob_accounts_merge_end(struct fob_accounts_merge *merge)
{
    accounts_index_free(&merge->index);
    fob_secret_free(&merge->rooms[0]);
    fob_secret_free(&merge->rooms[1]);
    *merge = (struct fob_accounts_merge){0};
}

/* Whether another account has that of merge->account, into merge->other. */
static bool is_taken(struct fob_accounts_merge *merge, enum accounts_mark mark)
{
    struct record record;

    return accounts_index_find(&merge->index, merge->body, mark, merge->account,
                               &record, merge->other);
}

static void copy_device(struct fob_vault_account *account,
                        const struct fob_vault_account *from)
{
    memcpy(account->device, from->device, sizeof(account->device));
    memcpy(account->user, from->user, sizeof(account->user));
    memcpy(account->partition, from->partition, sizeof(account->partition));
    memcpy(account->account_id, from->account_id, sizeof(account->account_id));
    account->offset_s = from->offset_s;
}

static void drop_device(struct fob_vault_account *account)
{
    account->device[0] = '\0';
    account->user[0] = '\0';
    account->partition[0] = '\0';
    account->account_id[0] = '\0';
    account->offset_s = 0;
}

/* How much of a name a number goes behind: without the number that it has, cut
 * between characters to leave room. */
static size_t measure_base(const char *name)
{
    size_t len = strlen(name), at = len;

    if (len > 0 && name[len - 1] == ')') {
        at = len - 1;
        while (at > 0 && name[at - 1] >= '0' && name[at - 1] <= '9')
            at--;
        if (at > 2 && at < len - 1 && len - at < NUMBER_ROOM - 2 &&
            name[at - 1] == '(' && name[at - 2] == ' ')
            len = at - 2;
    }
    while (len > FOB_ACCOUNT_NAME_MAX - NUMBER_ROOM ||
           ((unsigned char)name[len] & 0xc0) == 0x80)
        len--;
    return len;
}

static bool is_number_taken(struct fob_accounts_merge *merge, size_t base_len,
                            unsigned number)
{
    (void)!fob_text_format(merge->account->name, sizeof(merge->account->name),
                           "%.*s (%u)", (int)base_len, merge->was, number);
    return is_taken(merge, ACCOUNTS_NAME);
}

/* One that is free behind one that is not.  Of thousands with one name each
 * looks at a few only. */
static enum fob_status choose_name(struct fob_accounts_merge *merge,
                                   struct fob_error *error)
{
    size_t base_len = measure_base(merge->was);
    unsigned taken = 1, is_free = 2;

    while (is_free < NUMBER_MAX && is_number_taken(merge, base_len, is_free)) {
        taken = is_free;
        is_free *= 2;
    }
    while (is_free - taken > 1) {
        unsigned middle = taken + (is_free - taken) / 2;

        if (is_number_taken(merge, base_len, middle))
            taken = middle;
        else
            is_free = middle;
    }
    if (!is_number_taken(merge, base_len, is_free))
        return FOB_OK;
    return fob_error_set(error, FOB_E_TOO_LONG,
                         "no number is left for the name \"%s\"", merge->was);
}

static enum fob_status put_new(struct fob_accounts_merge *merge,
                               const struct record *extras,
                               enum fob_merged *merged, struct fob_error *error)
{
    struct fob_vault_account *account = merge->account;
    size_t at = merge->body->records.len;
    bool is_renamed = is_taken(merge, ACCOUNTS_NAME);
    enum fob_status status = FOB_OK;

    if (account->device[0] != '\0' && is_taken(merge, ACCOUNTS_DEVICE))
        drop_device(account);
    if (is_renamed)
        status = choose_name(merge, error);
    if (status == FOB_OK)
        status = accounts_append(merge->body, account, extras, error);
    if (status == FOB_OK &&
        accounts_index_enter(&merge->index, account, at) != FOB_OK)
        status = fob_error_no_memory(error);
    *merged = is_renamed ? FOB_MERGED_RENAMED : FOB_MERGED_ADDED;
    return status;
}

/* The record of merge->other, which was changed. */
static enum fob_status write_own(struct fob_accounts_merge *merge,
                                 const struct record *record,
                                 struct fob_error *error)
{
    size_t before = merge->body->records.len;
    enum fob_status status =
        accounts_write(merge->body, record, merge->other, error);

    if (status == FOB_OK)
        accounts_index_move(&merge->index, record->at,
                            merge->body->records.len - before);
    return status;
}

/* What the one that comes knows beyond the vault's own, merge->other. */
static enum fob_status complete(struct fob_accounts_merge *merge,
                                const struct record *record,
                                struct fob_vault_account *own,
                                struct fob_error *error)
{
    const struct fob_vault_account *from = merge->account;
    bool may_bind = own->device[0] == '\0' && from->device[0] != '\0' &&
                    !is_taken(merge, ACCOUNTS_DEVICE);
    enum fob_status status = FOB_OK;

    merge->is_moved = from->otp.counter > own->otp.counter;
    *merge->other = *own;
    if (may_bind)
        copy_device(merge->other, from);
    if (merge->is_moved)
        merge->other->otp.counter = from->otp.counter;
    if (may_bind || merge->is_moved)
        status = write_own(merge, record, error);
    if (status == FOB_OK && may_bind &&
        accounts_index_enter_device(&merge->index, merge->other, record->at) !=
            FOB_OK)
        status = fob_error_no_memory(error);
    *own = *merge->other;
    return status;
}

static enum fob_status keep_own(struct fob_accounts_merge *merge,
                                const struct record *record,
                                enum fob_merged *merged,
                                struct fob_error *error)
{
    struct fob_secret room = {NULL, 0, 0};
    struct fob_vault_account *own = fob_vault_account_alloc(&room);
    enum fob_status status = FOB_OK;

    if (own == NULL)
        return fob_error_no_memory(error);
    *own = *merge->other;
    *merged = FOB_MERGED_DIFFERS;
    if (accounts_share_kind(own, merge->account)) {
        *merged = FOB_MERGED_KEPT;
        status = complete(merge, record, own, error);
    }
    *merge->account = *own;
    fob_secret_free(&room);
    return status;
}

enum fob_status fob_accounts_merge_put(struct fob_accounts_merge *merge,
                                       const struct record *extras,
                                       enum fob_merged *merged,
                                       struct fob_error *error)
{
    struct record record;

    merge->is_moved = false;
    (void)!fob_text_copy(merge->was, sizeof(merge->was), merge->account->name);
    if (accounts_index_find(&merge->index, merge->body, ACCOUNTS_SEED,
                            merge->account, &record, merge->other))
        return keep_own(merge, &record, merged, error);
    return put_new(merge, extras, merged, error);
}
