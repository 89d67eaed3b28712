/* SPDX-License-Identifier: MIT */
#include "host/aws/reply.h"
#include "host/aws/sts.h"

#include <string.h>

void fob_session_free(struct fob_session *session)
{
    fob_secret_free(&session->secret_key);
    fob_secret_free(&session->token);
    memset(session, 0, sizeof(*session));
}

static enum fob_status read_session(const struct fob_exchange_reply *reply,
                                    const char *action,
                                    struct fob_session *session,
                                    struct fob_error *error)
{
    static const char path[] = "%sResult/Credentials/%s";
    enum fob_status status;

    status = reply_copy(reply_text(reply, path, action, "AccessKeyId"),
                        "access key id", session->access_key_id,
                        sizeof(session->access_key_id), error);
    if (status == FOB_OK)
        status =
            reply_secret(reply_text(reply, path, action, "SecretAccessKey"),
                         "secret key", &session->secret_key, error);
    if (status == FOB_OK)
        status = reply_secret(reply_text(reply, path, action, "SessionToken"),
                              "session token", &session->token, error);
    if (status != FOB_OK)
        return status;
    session->expires_s =
        reply_time(reply_text(reply, path, action, "Expiration"));
    return session->expires_s > 0 ? FOB_OK : reply_lacks("expiry", error);
}

static enum fob_status session_reply(const struct fob_exchange_reply *reply,
                                     const char *action,
                                     struct fob_session *session,
                                     struct fob_error *error)
{
    enum fob_status status;

    memset(session, 0, sizeof(*session));
    status = read_session(reply, action, session, error);
    if (status != FOB_OK)
        fob_session_free(session);
    return status;
}

enum fob_status fob_sts_session_reply(const struct fob_exchange_reply *reply,
                                      struct fob_session *session,
                                      struct fob_error *error)
{
    return session_reply(reply, "GetSessionToken", session, error);
}

enum fob_status fob_sts_role_reply(const struct fob_exchange_reply *reply,
                                   struct fob_session *session,
                                   struct fob_error *error)
{
    return session_reply(reply, "AssumeRole", session, error);
}

enum fob_status fob_sts_federation_reply(const struct fob_exchange_reply *reply,
                                         struct fob_session *session,
                                         struct fob_error *error)
{
    return session_reply(reply, "GetFederationToken", session, error);
}

static enum fob_status read_identity(const struct fob_exchange_reply *reply,
                                     struct fob_sts_identity *identity,
                                     struct fob_error *error)
{
    static const char path[] = "GetCallerIdentityResult/%s";
    enum fob_status status;

    status = reply_copy(reply_text(reply, path, "Account"), "account id",
                        identity->account, sizeof(identity->account), error);
    if (status == FOB_OK)
        status = reply_copy(reply_text(reply, path, "Arn"), "ARN",
                            identity->arn, sizeof(identity->arn), error);
    if (status == FOB_OK)
        status =
            reply_copy(reply_text(reply, path, "UserId"), "user id",
                       identity->user_id, sizeof(identity->user_id), error);
    return status;
}

enum fob_status fob_sts_identity_reply(const struct fob_exchange_reply *reply,
                                       struct fob_sts_identity *identity,
                                       struct fob_error *error)
{
    enum fob_status status;

    memset(identity, 0, sizeof(*identity));
    status = read_identity(reply, identity, error);
    if (status != FOB_OK)
        memset(identity, 0, sizeof(*identity));
    return status;
}
