/* SPDX-License-Identifier: MIT */
/*
 * The sockets that are made to be forwarded: whoever is at the far end of one
 * gets sessions and codes within the policy of the settings and of that
 * socket, and nothing that would outlast or change the vault.
 *
 * Every function lets a caller of this machine pass.
 */
#ifndef FOB_HOST_AGENT_REMOTE_REMOTE_H
#define FOB_HOST_AGENT_REMOTE_REMOTE_H

#include "host/agent/profile/profile.h"
#include "host/agent/remote/remote_policy.h"
#include "host/agent/request/request.h"
#include "host/vault/accounts.h"

/* Whether the request, which came by such a socket, may be served: one that the
 * list of requests opens to it, and no code of a time that is asked for
 * (`has_time`).  FOB_E_FAILED, with the error set, for any other. */
FOB_MUST_CHECK enum fob_status remote_check(struct fob_request *request,
                                            bool is_allowed, bool has_time);

/* What holds for the caller now.  FOB_E_FORBIDDEN, with the error set, when
 * that cannot be known. */
FOB_MUST_CHECK enum fob_status remote_load_policy(struct fob_request *request,
                                                  struct remote_policy *policy);

/* profile_load, for those who may have sessions of it, once a person has
 * confirmed where the policy says so.  FOB_E_FORBIDDEN; the error is set. */
FOB_MUST_CHECK enum fob_status remote_load_profile(struct fob_request *request,
                                                   const char *name,
                                                   struct profile *profile);

/* account_store_find, likewise.  A name that fits none is not told from one
 * that is closed, where some are. */
FOB_MUST_CHECK enum fob_status
remote_find_account(struct fob_request *request, const char *name,
                    struct fob_vault_account *account);

/* Note what was asked and what came of it: `type` is the request's name. */
void remote_note_asked(struct fob_request *request, const char *type,
                       enum fob_status status);

#endif
