/* SPDX-License-Identifier: MIT */
#include "host/vault/backup/merge_accounts.h"

#include "host/vault/account_record.h"
#include "host/vault/accounts_merge.h"

static enum fob_status tell(const struct fob_accounts_merge *merge,
                            enum fob_merged merged,
                            const struct fob_restore *restore,
                            struct fob_error *error)
{
    static const enum fob_restored results[] = {
        [FOB_MERGED_ADDED] = FOB_RESTORED_ADDED,
        [FOB_MERGED_RENAMED] = FOB_RESTORED_RENAMED,
        [FOB_MERGED_KEPT] = FOB_RESTORED_KEPT,
        [FOB_MERGED_DIFFERS] = FOB_RESTORED_DIFFERS,
    };
    const struct fob_restored_item item = {
        .result = results[merged],
        .account = merge->account,
        .was = merged == FOB_MERGED_RENAMED ? merge->was : NULL,
    };

    return restore->take(restore->context, &item, error);
}

static enum fob_status merge_account(struct fob_accounts_merge *merge,
                                     const struct record *record,
                                     const struct fob_restore *restore,
                                     struct fob_error *error)
{
    enum fob_merged merged;
    enum fob_status status;

    if (account_record_read(record, merge->account) != FOB_OK)
        return fob_error_set(error, FOB_E_DAMAGED,
                             "the backup breaks the format");
    status = fob_accounts_merge_put(merge, record, &merged, error);
    return status == FOB_OK ? tell(merge, merged, restore, error) : status;
}

enum fob_status merge_accounts(const struct fob_secret *records,
                               const struct fob_restore *restore,
                               struct fob_vault_body *body,
                               struct fob_error *error)
{
    struct fob_accounts_merge merge;
    enum fob_status status = fob_accounts_merge_begin(&merge, body, error);
    struct record record;

    for (size_t at = 0; status == FOB_OK && record_next(records, &at, &record);)
        if (record.type == RECORD_ACCOUNT)
            status = merge_account(&merge, &record, restore, error);
    fob_accounts_merge_end(&merge);
    return status;
}
