/* SPDX-License-Identifier: MIT */
/*
 * A session that costs a code: GetSessionToken, or AssumeRole straight from
 * the long-term key.  The cache, else the device's lock, the cache again, an
 * unused code entered in the ledger, and one call to STS.  Whoever waited for
 * the lock finds the session that the first one made.
 */
#ifndef FOB_HOST_AGENT_MINT_MINT_H
#define FOB_HOST_AGENT_MINT_MINT_H

#include "host/agent/mint/mint_order.h"
#include "host/agent/state/session.h"

/* Into the empty `session`.  FOB_E_NOT_FOUND (no seed, no key), FOB_E_SPENT,
 * FOB_E_REFUSED, FOB_E_NETWORK ...; the error is set. */
FOB_MUST_CHECK enum fob_status mint_session(struct fob_request *request,
                                            const struct mint_order *order,
                                            struct session *session);

/* The serial `serial` of `profile`, if codes can be had for it: FOB_E_SYNTAX,
 * FOB_E_UNSUPPORTED (SMS, FIDO) or FOB_E_REFUSED (root); the error
 * is set. */
FOB_MUST_CHECK enum fob_status mint_check_serial(const char *serial,
                                                 const char *profile,
                                                 struct fob_error *error);

#endif
