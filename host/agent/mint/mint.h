/* SPDX-License-Identifier: MIT */
/*
 * A session that costs a code: GetSessionToken, or AssumeRole straight from
 * the long-term key.  The cache, else the device's lock, the cache again, an
 * unused code entered in the ledger, and one call to STS.  Whoever waited for
 * the lock finds the session that the first one made.
 */
#ifndef FOB_HOST_AGENT_MINT_MINT_H
#define FOB_HOST_AGENT_MINT_MINT_H

#include "host/agent/mint/role.h"
#include "host/agent/profile/profile.h"
#include "host/aws/refusal.h"

struct mint_order {
    const struct profile *profile; /* whose long-term key signs */
    const char *name;              /* of the profile that was asked for */
    const char *serial;            /* of the device that vouches */
    const char *account;           /* the name of the account that has its
                                      seed; NULL: found by the serial */
    const struct role *role;       /* NULL: GetSessionToken */
    uint32_t duration_s;
    int64_t left_s; /* a cached one must have at least so much life */
    bool may_wait;  /* for an unused code, else FOB_E_SPENT at once */
    enum fob_refusal *refusal; /* filled in when STS said no; may be NULL */
};

/* The message of the session (host/agent/state/session_cache.h) into the empty
 * `session`.  FOB_E_NOT_FOUND (no seed, no key), FOB_E_SPENT, FOB_E_REFUSED,
 * FOB_E_NETWORK ..., all worded. */
FOB_MUST_CHECK enum fob_status mint_session(struct fob_request *request,
                                            const struct mint_order *order,
                                            struct fob_message *session);

/* The serial `serial` of `profile`, if codes can be had for it: FOB_E_SYNTAX,
 * FOB_E_UNSUPPORTED (SMS, FIDO) or FOB_E_REFUSED (root), worded. */
FOB_MUST_CHECK enum fob_status mint_check_serial(const char *serial,
                                                 const char *profile,
                                                 struct fob_error *error);

#endif
