/* SPDX-License-Identifier: MIT */
/* The session of a federated user, as which AWS's console takes an IAM user:
 * that of GetSessionToken it does not take.  It costs no code, for AWS takes
 * none for it, and is not kept. */
#ifndef FOB_HOST_AGENT_MINT_FEDERATION_H
#define FOB_HOST_AGENT_MINT_FEDERATION_H

#include "host/agent/profile/profile.h"
#include "host/agent/state/session.h"

/* For the user of a profile without a role, with all that its policies allow
 * without MFA, into the empty `session`; a temporary key that its
 * credential_process prints is taken as it is.  `duration_s` is 900 to 129600.
 * FOB_E_NOT_FOUND (no key), FOB_E_REFUSED (also root) ...; the error is set. */
FOB_MUST_CHECK enum fob_status federation_get(struct fob_request *request,
                                              const struct profile *profile,
                                              uint32_t duration_s,
                                              struct session *session);

#endif
