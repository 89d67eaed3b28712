/* SPDX-License-Identifier: MIT */
/* A long-term access key as a record.  Inside host/vault only. */
#ifndef FOB_HOST_VAULT_ACCESS_KEY_RECORD_H
#define FOB_HOST_VAULT_ACCESS_KEY_RECORD_H

#include "host/vault/access_keys.h"
#include "host/vault/record.h"

/* As account_record_read and account_record_write. */
FOB_MUST_CHECK enum fob_status
access_key_record_read(const struct record *record, struct fob_access_key *key);

FOB_MUST_CHECK enum fob_status
access_key_record_write(const struct fob_access_key *key,
                        const struct record *old, struct fob_secret *content);

#endif
