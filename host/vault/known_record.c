/* SPDX-License-Identifier: MIT */
#include "host/vault/known_record.h"

#include "host/vault/access_key_record.h"
#include "host/vault/account_record.h"

enum fob_status known_record_check(const struct record *record,
                                   union known_record *room)
{
    switch (record->type) {
    case RECORD_ACCOUNT:
        return account_record_read(record, &room->account);
    case RECORD_ACCESS_KEY:
        return access_key_record_read(record, &room->access_key);
    default:
        return FOB_OK;
    }
}
