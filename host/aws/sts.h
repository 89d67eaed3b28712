/* SPDX-License-Identifier: MIT */
/* Requests and replies of STS 2011-06-15.  Requests are checked against the
 * service model's limits before anything is sent. */
#ifndef FOB_HOST_AWS_STS_H
#define FOB_HOST_AWS_STS_H

#include "host/aws/exchange.h"
#include "host/base/error.h"

enum {
    FOB_KEY_ID_MAX = 128,
    FOB_ARN_MAX = 2048,
    FOB_STS_DURATION_S_MIN = 900,
    FOB_STS_SESSION_S_MAX = 129600,
    FOB_STS_ROLE_S_MAX = 43200,
    FOB_STS_CHAINED_S_MAX = 3600,
    FOB_STS_TAGS_MAX = 50,
};

/* Credentials of a session; owned, to be freed. */
struct fob_session {
    char access_key_id[FOB_KEY_ID_MAX + 1];
    struct fob_secret secret_key; /* NUL-ended text */
    struct fob_secret token;      /* NUL-ended text */
    int64_t expires_s;            /* unix time */
};
void fob_session_free(struct fob_session *session);

struct fob_sts_session_params {
    uint32_t duration_s; /* 0: the service's default */
    const char *serial;  /* "" for a session without MFA; then no code */
    const char *code;
};

struct fob_sts_tag {
    const char *key;
    const char *value;
};

/* "" or 0 or no elements where there is none. */
struct fob_sts_role_params {
    const char *role_arn;
    const char *session_name;
    uint32_t duration_s;
    const char *serial;
    const char *code;
    const char *external_id;
    const char *source_identity;
    const char *policy;
    const char *const *policy_arns;
    size_t policy_arn_count;
    const struct fob_sts_tag *tags;
    size_t tag_count;
    const char *const *transitive_keys;
    size_t transitive_key_count;
};

enum { FOB_STS_FEDERATED_NAME_MAX = 32 };

struct fob_sts_federation_params {
    const char *name; /* of the federated user: 2 to 32 characters */
    const char *policy;
    uint32_t duration_s;
};

/* FOB_E_USAGE, error set, for a parameter the service would refuse. */
FOB_MUST_CHECK enum fob_status
fob_sts_role_check(const struct fob_sts_role_params *params,
                   struct fob_error *error);

/* Each makes the body of a POST in the empty `body`.  FOB_E_USAGE, error set,
 * for a parameter the service would refuse; `body` is then empty. */
FOB_MUST_CHECK enum fob_status
fob_sts_session_request(const struct fob_sts_session_params *params,
                        struct fob_secret *body, struct fob_error *error);
FOB_MUST_CHECK enum fob_status
fob_sts_role_request(const struct fob_sts_role_params *params,
                     struct fob_secret *body, struct fob_error *error);
FOB_MUST_CHECK enum fob_status
fob_sts_federation_request(const struct fob_sts_federation_params *params,
                           struct fob_secret *body, struct fob_error *error);
FOB_MUST_CHECK enum fob_status
fob_sts_identity_request(struct fob_secret *body, struct fob_error *error);

/* Credentials from the reply (HTTP 200) to GetSessionToken and its kin.
 * FOB_E_REPLY, error set, when one is missing or odd; `session` is then
 * empty. */
FOB_MUST_CHECK enum fob_status
fob_sts_session_reply(const struct fob_exchange_reply *reply,
                      struct fob_session *session, struct fob_error *error);
FOB_MUST_CHECK enum fob_status
fob_sts_role_reply(const struct fob_exchange_reply *reply,
                   struct fob_session *session, struct fob_error *error);
FOB_MUST_CHECK enum fob_status
fob_sts_federation_reply(const struct fob_exchange_reply *reply,
                         struct fob_session *session, struct fob_error *error);

struct fob_sts_identity {
    char account[12 + 1];
    char arn[FOB_ARN_MAX + 1];
    char user_id[FOB_KEY_ID_MAX + 1];
};
FOB_MUST_CHECK enum fob_status
fob_sts_identity_reply(const struct fob_exchange_reply *reply,
                       struct fob_sts_identity *identity,
                       struct fob_error *error);

#endif
