/* SPDX-License-Identifier: MIT */
#include "host/aws/signing_key.h"

struct fob_sigv4_key fob_signing_key_of_session(const struct fob_session *from)
{
    struct fob_sigv4_key key =
        fob_signing_key_long_term(from->access_key_id, &from->secret_key);

    if (from->token.len > 0)
        key.session_token = (const char *)from->token.data;
    return key;
}

struct fob_sigv4_key fob_signing_key_long_term(const char *access_key_id,
                                               const struct fob_secret *secret)
{
    return (struct fob_sigv4_key){.access_key_id = access_key_id,
                                  .secret = secret->data,
                                  .secret_len = secret->len,
                                  .session_token = ""};
}
