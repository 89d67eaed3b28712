/* SPDX-License-Identifier: MIT */
/* A user's calls to IAM: signed with the long-term key of a profile and, once
 * AWS wants that, with a session made with a device of the user. */
#ifndef FOB_HOST_AGENT_IAM_IAM_SESSION_H
#define FOB_HOST_AGENT_IAM_IAM_SESSION_H

#include "host/agent/codes/typed_code.h"
#include "host/agent/network/aws_call.h"
#include "host/agent/profile/profile.h"
#include "host/agent/state/session.h"
#include "host/aws/arn.h"
#include "host/aws/iam.h"
#include "host/vault/accounts.h"

struct iam_session {
    struct fob_request *request;
    struct profile profile;
    struct profile_key key;
    struct fob_endpoint sts;
    struct fob_endpoint iam;
    char arn[FOB_ARN_MAX + 1];              /* of the key's user */
    struct fob_arn user;                    /* views of `arn` */
    char unproven[FOB_ACCOUNT_ARN_MAX + 1]; /* not known to STS yet */
    struct session session;                 /* empty until one is wanted */
    bool never_mints; /* a look-up: no code is spent for it */
    bool may_type;    /* a person is asked for what no seed here gives */
    struct typed_code typed;
};

/* The profile `profile` ("": the caller's), its key, and whose it is.
 * FOB_E_REFUSED, with the error set, for the root user's; FOB_E_UNSUPPORTED for
 * one of no IAM user.  To be closed on every path. */
FOB_MUST_CHECK enum fob_status iam_session_open(struct fob_request *request,
                                                const char *profile,
                                                struct iam_session *client);
void iam_session_close(struct iam_session *client);

/* Read profile and key again: they may have changed while a lock was waited
 * for. */
FOB_MUST_CHECK enum fob_status iam_session_reload(struct iam_session *client);

/* Call IAM.  A refusal that a session with MFA may turn is tried again with
 * one, if the user has a device whose codes fob has; "later" and "is being
 * changed" are tried again too, as far as aws_call_retry may.  `reply` is to be
 * freed on every path, its `refusal` says why AWS said no. */
struct iam_request {
    enum fob_iam_action action;
    struct fob_iam_params params;
};
FOB_MUST_CHECK enum fob_status iam_session_call(struct iam_session *client,
                                                const struct iam_request *asked,
                                                struct aws_call_reply *reply);

/* The same for a call whose reply says nothing; *refusal may be NULL. */
FOB_MUST_CHECK enum fob_status iam_session_do(struct iam_session *client,
                                              const struct iam_request *asked,
                                              enum fob_refusal *refusal);

/* Have a session now: from the cache, or minted with the device of the
 * profile, else with another device of the user.  FOB_E_NOT_FOUND, with the
 * error set, when no seed is here. */
FOB_MUST_CHECK enum fob_status iam_session_get_mfa(struct iam_session *client);

/* The profile's mfa_serial, or "". */
const char *iam_session_serial(const struct iam_session *client);

#endif
