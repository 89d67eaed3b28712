/* SPDX-License-Identifier: MIT */
#include "host/agent/mint/federation.h"

#include "host/agent/mint/profile_chain.h"
#include "host/agent/network/aws_call.h"
#include "host/agent/network/identity.h"
#include "host/agent/profile/config_command.h"
#include "host/aws/signing_key.h"
#include "host/base/text.h"

#include <string.h>

/* What the session may do is what both this and the user's policies allow. */
static const char ALL[] = "{\"Version\":\"2012-10-17\",\"Statement\":[{"
                          "\"Effect\":\"Allow\",\"Action\":\"*\","
                          "\"Resource\":\"*\"}]}";

/* A user's name may be longer than a federated one's, and shorter. */
static void make_name(const char *user,
                      char name[static FOB_STS_FEDERATED_NAME_MAX + 1])
{
    const char *head = strlen(user) < 2 ? "fob-" : "";

    (void)!fob_text_format(name, FOB_STS_FEDERATED_NAME_MAX + 1, "%s%.*s", head,
                           FOB_STS_FEDERATED_NAME_MAX - (int)strlen(head),
                           user);
}

struct federation {
    struct fob_request *request;
    const struct profile *profile; /* whose long-term key signs */
    struct profile_key key;
    struct fob_endpoint endpoint;
    uint32_t duration_s;
};

static enum fob_status call_sts(const struct federation *wanted,
                                const struct fob_secret *body,
                                struct fob_session *made)
{
    const struct fob_sigv4_key signing =
        fob_signing_key_long_term(wanted->key.id, &wanted->key.secret);
    const struct fob_refusal_context context = {
        .action = "GetFederationToken",
        .profile = wanted->profile->name,
        .serial = "",
        .access_key_id = wanted->key.id};
    const struct aws_call call = {.endpoint = &wanted->endpoint,
                                  .key = &signing,
                                  .body = body,
                                  .network = &wanted->profile->network};
    struct aws_call_reply reply = {0};
    enum fob_status status =
        aws_call_retry(wanted->request, &call, &context, &reply);

    if (status == FOB_OK)
        status = fob_sts_federation_reply(&reply.exchange, made,
                                          &wanted->request->error);
    aws_call_reply_free(&reply);
    return status;
}

static enum fob_status ask_as_user(const struct federation *wanted,
                                   const char *user, struct fob_session *made)
{
    char name[FOB_STS_FEDERATED_NAME_MAX + 1];
    const struct fob_sts_federation_params params = {
        .name = name, .policy = ALL, .duration_s = wanted->duration_s};
    struct fob_secret body = {0};
    enum fob_status status;

    make_name(user, name);
    request_progress(wanted->request, "asking STS for a console session of %s",
                     wanted->profile->name);
    status =
        fob_sts_federation_request(&params, &body, &wanted->request->error);
    if (status == FOB_OK)
        status = call_sts(wanted, &body, made);
    fob_secret_free(&body);
    return status;
}

static enum fob_status get_session(struct federation *wanted,
                                   struct session *session)
{
    struct fob_request *request = wanted->request;
    char user[FOB_ACCOUNT_USER_MAX + 1];
    enum fob_status status =
        profile_key_find(request, wanted->profile, &wanted->key);

    if (status == FOB_OK)
        status = profile_endpoint(wanted->profile, &wanted->endpoint,
                                  &request->error);
    if (status == FOB_OK)
        status = identity_check(request, wanted->profile, &wanted->key,
                                &wanted->endpoint, user);
    return status == FOB_OK ? ask_as_user(wanted, user, &session->credentials)
                            : status;
}

enum fob_status federation_get(struct fob_request *request,
                               const struct profile *profile,
                               uint32_t duration_s, struct session *session)
{
    struct profile_chain chain;
    struct federation wanted = {.request = request, .duration_s = duration_s};
    enum fob_status status = profile_chain_find(request, profile, &chain);

    if (status != FOB_OK)
        return status;
    wanted.profile = profile_chain_base(&chain);
    status = profile_chain_check_kind(&chain, wanted.profile);
    if (status == FOB_OK)
        status = config_command_key(request, wanted.profile, session);
    if (status == FOB_OK && session_is_temporary(session))
        return FOB_OK;
    session_free(session);
    if (status == FOB_OK || status == FOB_E_NOT_FOUND)
        status = get_session(&wanted, session);
    profile_key_free(&wanted.key);
    return status;
}
