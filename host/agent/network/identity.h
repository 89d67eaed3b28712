/* SPDX-License-Identifier: MIT */
/* Whose a long-term key is: the root user's is refused. */
#ifndef FOB_HOST_AGENT_NETWORK_IDENTITY_H
#define FOB_HOST_AGENT_NETWORK_IDENTITY_H

#include "host/agent/profile/profile.h"
#include "host/vault/accounts.h"

/* Ask STS once for each key (GetCallerIdentity needs no permission) and
 * remember the answer; `user` is the name of the key's IAM user.
 * FOB_E_REFUSED, with the error set, for a root key. */
FOB_MUST_CHECK enum fob_status
identity_check(struct fob_request *request, const struct profile *profile,
               const struct profile_key *key,
               const struct fob_endpoint *endpoint,
               char user[static FOB_ACCOUNT_USER_MAX + 1]);

/* The same question: the ARN of whoever has the key. */
FOB_MUST_CHECK enum fob_status
identity_find(struct fob_request *request, const struct profile *profile,
              const struct profile_key *key,
              const struct fob_endpoint *endpoint,
              char arn[static FOB_ARN_MAX + 1]);

/* The same, asked now, whatever is remembered. */
FOB_MUST_CHECK enum fob_status identity_ask(struct fob_request *request,
                                            const struct profile *profile,
                                            const struct profile_key *key,
                                            const struct fob_endpoint *endpoint,
                                            char arn[static FOB_ARN_MAX + 1]);

/* Set that refusal. */
enum fob_status identity_refuse_root(const char *profile,
                                     struct fob_error *error);

/* Whether the cache's record `name` is the answer that a key is the root
 * user's; the key's id is then in `id`. */
bool identity_is_root(const char *name, const struct fob_secret *content,
                      char id[static FOB_KEY_ID_MAX + 1]);

#endif
