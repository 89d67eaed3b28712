/* SPDX-License-Identifier: MIT */
/* What SigV4 signs with, from where the parts are kept. */
#ifndef FOB_HOST_AWS_SIGNING_KEY_H
#define FOB_HOST_AWS_SIGNING_KEY_H

#include "host/aws/sigv4.h"
#include "host/aws/sts.h"

/* Views: good as long as what they are made of.  A session without a token is
 * a long-term key. */
struct fob_sigv4_key fob_signing_key_of_session(const struct fob_session *from);
struct fob_sigv4_key fob_signing_key_long_term(const char *access_key_id,
                                               const struct fob_secret *secret);

#endif
