/* SPDX-License-Identifier: MIT */
/* The console's sign-in service: a session becomes a URL.  Every text
 * here is as good as the session for a quarter of an hour. */
#ifndef FOB_HOST_AGENT_NETWORK_SIGNIN_H
#define FOB_HOST_AGENT_NETWORK_SIGNIN_H

#include "host/agent/profile/profile.h"
#include "host/agent/state/session.h"

struct signin {
    char base[FOB_ENDPOINT_URL_MAX + 1]; /* of the service, to "/federation" */
    char destination[FOB_ENDPOINT_URL_MAX + 1];
};

/* Where the service is for the profile, and the page of the console that
 * `wanted` says: an https URL, a path of the console, or "" for its home.
 * FOB_E_USAGE; the error is set. */
FOB_MUST_CHECK enum fob_status signin_find(const struct profile *profile,
                                           const char *wanted,
                                           struct signin *signin,
                                           struct fob_error *error);

/* The URL that asks for a token, with the session in it, into the empty
 * `url`; `duration_s` of the console's session, 0: none said. */
FOB_MUST_CHECK enum fob_status signin_token_url(const struct signin *signin,
                                                const struct session *session,
                                                uint32_t duration_s,
                                                struct fob_secret *url,
                                                struct fob_error *error);

/* The URL that a browser opens. */
FOB_MUST_CHECK enum fob_status signin_login_url(const struct signin *signin,
                                                const char *token,
                                                struct fob_secret *url,
                                                struct fob_error *error);

#endif
