/* SPDX-License-Identifier: MIT */
/*
 * What fob has begun to change at AWS for one user and has not finished: the
 * intent, on disk before the first call.  What was already done is asked of
 * AWS, the vault and the config file, so that a run cut anywhere is finished
 * or undone by the next.  It holds no secret.
 */
#ifndef FOB_HOST_AGENT_IAM_JOURNAL_H
#define FOB_HOST_AGENT_IAM_JOURNAL_H

#include "host/agent/iam/journal_entry.h"
#include "host/agent/request/request.h"
#include "host/aws/endpoint.h"

struct journal {
    struct fob_agent *agent;
    char name[FOB_PATH_MAX];
    char path[FOB_PATH_MAX];
    int lock; /* -1 while closed */
    struct journal_entry entry;
};

/* Take the lock of `user` of `account_id` as `endpoint` knows them, waiting
 * for another fob to finish, and read the entry.  FOB_E_DAMAGED, with the error
 * set, for one that cannot be read.  The lock dies with its holder. */
struct journal_owner {
    const char *account_id;
    const char *user;
    const struct fob_endpoint *endpoint; /* IAM's */
};
FOB_MUST_CHECK enum fob_status journal_open(struct fob_request *request,
                                            const struct journal_owner *owner,
                                            struct journal *journal);
void journal_close(struct journal *journal);

/* Have the entry on disk. */
FOB_MUST_CHECK enum fob_status journal_write(struct journal *journal,
                                             struct fob_error *error);

/* All is finished, or undone: forget the entry. */
FOB_MUST_CHECK enum fob_status journal_finish(struct journal *journal,
                                              struct fob_error *error);

#endif
