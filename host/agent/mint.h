/* SPDX-License-Identifier: MIT */
/*
 * The one way to a session: the cache, else the device's lock, the cache
 * again, an unused code entered in the books, and one call to STS.  Whoever
 * waited for the lock finds the session that the first one made.
 */
#ifndef FOB_MINT_H
#define FOB_MINT_H

#include "host/agent/profile.h"

enum {
    /* SDKs run credential_process anew for every call once less is left. */
    MINT_LEFT_S_MIN = 15 * 60,
    MINT_SESSION_S = 12 * 60 * 60,
};

struct mint_wish {
    uint32_t duration_s; /* of a new session; 0: MINT_SESSION_S */
    uint32_t left_s;     /* at least so much life; 0: MINT_LEFT_S_MIN */
    bool may_wait;       /* for an unused code, else FOB_E_SPENT at once */
};

/* A session for `profile`, its message (host/agent/session.h) into the empty
 * `session`.  FOB_E_NOT_FOUND (no mfa_serial, no seed, no key), FOB_E_SPENT,
 * FOB_E_REFUSED, FOB_E_NETWORK ..., all worded. */
FOB_MUST_CHECK enum fob_status mint_session(struct fob_request *request,
                                            const struct profile *profile,
                                            const struct mint_wish *wish,
                                            struct fob_message *session);

#endif
