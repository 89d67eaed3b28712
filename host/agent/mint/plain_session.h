/* SPDX-License-Identifier: MIT */
/*
 * A session without MFA, of a long-term key whose profile has no device.  Only
 * of a key that is out of the plaintext files: there nothing but fob can use
 * it, while whoever asks fob for one that lies open wants MFA.
 */
#ifndef FOB_HOST_AGENT_MINT_PLAIN_SESSION_H
#define FOB_HOST_AGENT_MINT_PLAIN_SESSION_H

#include "host/agent/mint/mint_order.h"

/* From the cache, else by GetSessionToken or, with a role, AssumeRole, whoever
 * else asks for the same meanwhile, into the empty `session`.  The order has
 * no serial.  *is_open: the key lies in a file, too, and nothing was done; else
 * the error is set. */
FOB_MUST_CHECK enum fob_status plain_session_get(struct fob_request *request,
                                                 const struct mint_order *order,
                                                 struct session *session,
                                                 bool *is_open);

#endif
