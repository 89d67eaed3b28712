/* SPDX-License-Identifier: MIT */
/* What the journal says of a change that was begun: docs/protocol.md has the
 * bytes.  Pure. */
#ifndef FOB_HOST_AGENT_IAM_JOURNAL_ENTRY_H
#define FOB_HOST_AGENT_IAM_JOURNAL_ENTRY_H

#include "host/aws/sts.h"
#include "host/base/path.h"
#include "host/base/secret.h"
#include "host/vault/accounts.h"
#include "host/wire/protocol.h"

enum journal_kind {
    JOURNAL_NOTHING, /* all is finished */
    JOURNAL_DEVICES, /* a device is made, another dropped, or both */
    JOURNAL_KEY,     /* an access key is rotated */
};

/* Texts are "" when there is none. */
struct journal_entry {
    enum journal_kind kind;
    int64_t started_s; /* time at IAM */
    bool sets_profile; /* the profile's mfa_serial is to be `created` */
    char profile[FOB_NAME_MAX + 1];
    char config[FOB_PATH_MAX]; /* the AWS files to be changed */
    char credentials[FOB_PATH_MAX];
    char user[FOB_ACCOUNT_USER_MAX + 1]; /* whose devices or keys */
    char created[FOB_ACCOUNT_ARN_MAX + 1];
    char account[FOB_ACCOUNT_NAME_MAX + 1]; /* for the seed of `created`; ""
                                               when the vault had it before */
    char deleted[FOB_ACCOUNT_ARN_MAX + 1];
    char key_id[FOB_KEY_ID_MAX + 1]; /* of the key to be replaced */
};

/* The bytes into the empty `content`.  FOB_E_NO_MEMORY. */
FOB_MUST_CHECK enum fob_status
journal_entry_encode(const struct journal_entry *entry,
                     struct fob_secret *content);

/* FOB_E_DAMAGED for anything that encode did not write; `entry` is then all
 * zero. */
FOB_MUST_CHECK enum fob_status
journal_entry_decode(const void *content, size_t len,
                     struct journal_entry *entry);

#endif
