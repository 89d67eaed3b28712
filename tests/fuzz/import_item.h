/* SPDX-License-Identifier: MIT */
/* What every account that an importer gives has to be. */
#ifndef FOB_TESTS_FUZZ_IMPORT_ITEM_H
#define FOB_TESTS_FUZZ_IMPORT_ITEM_H

#include "host/import/sink/item.h"

#include <stdlib.h>

static inline void import_item_check(const struct fob_import_item *item)
{
    enum fob_status status = fob_account_check(item->account);

    if ((item->status == FOB_OK || item->status == FOB_E_TOO_SHORT) &&
        status != item->status)
        abort();
    if ((item->fault[0] == '\0') != (item->status == FOB_OK) ||
        item->place == 0)
        abort();
}

#endif
