/* SPDX-License-Identifier: MIT */
#include "host/vault/backup/backup_merge.h"

#include "host/vault/backup/merge_accounts.h"
#include "host/vault/backup/merge_keys.h"
#include "host/vault/record.h"

static bool is_known(uint16_t type)
{
    return type == RECORD_ACCOUNT || type == RECORD_ACCESS_KEY ||
           type == BACKUP_RECORD_HOME;
}

/* What only a newer fob knows may be what no two hosts may have: left out, and
 * said.  A newer fob restores it from the same file. */
static enum fob_status tell_unknown(const struct fob_secret *records,
                                    const struct fob_restore *restore,
                                    struct fob_error *error)
{
    const struct fob_restored_item item = {.result = FOB_RESTORED_UNKNOWN};
    enum fob_status status = FOB_OK;
    struct record record;

    for (size_t at = 0; status == FOB_OK && record_next(records, &at, &record);)
        if (!is_known(record.type))
            status = restore->take(restore->context, &item, error);
    return status;
}

enum fob_status fob_backup_merge(const struct fob_secret *records,
                                 const struct fob_restore *restore,
                                 struct fob_vault_body *body,
                                 struct fob_error *error)
{
    enum fob_status status = merge_keys(records, restore, body, error);

    if (status == FOB_OK)
        status = merge_accounts(records, restore, body, error);
    return status == FOB_OK ? tell_unknown(records, restore, error) : status;
}
