/* SPDX-License-Identifier: MIT */
/* A session as the sealed cache has it: fields in the encoding of a message,
 * docs/protocol.md "Files of the state folder". */
#ifndef FOB_HOST_AGENT_STATE_SESSION_FILE_H
#define FOB_HOST_AGENT_STATE_SESSION_FILE_H

#include "host/agent/state/session.h"

/* The content into the empty `content`.  FOB_E_NO_MEMORY, FOB_E_TOO_LONG. */
FOB_MUST_CHECK enum fob_status
session_file_encode(const struct session *session, struct fob_secret *content);

/* And back into the empty `session`.  FOB_E_DAMAGED for one without an access
 * key or with a text or number that none has; FOB_E_NO_MEMORY.  It is then
 * empty. */
FOB_MUST_CHECK enum fob_status
session_file_decode(const struct fob_secret *content, struct session *session);

#endif
