/* SPDX-License-Identifier: MIT */
#include "host/agent/iam/iam_session.h"

#include "host/agent/accounts/account_store.h"
#include "host/agent/mint/credentials.h"
#include "host/agent/mint/mint.h"
#include "host/agent/network/backoff.h"
#include "host/agent/network/identity.h"
#include "host/aws/signing_key.h"

#include <string.h>

static enum fob_status load_profile(struct iam_session *client,
                                    const char *name)
{
    struct fob_request *request = client->request;
    struct profile *profile = &client->profile;
    enum fob_status status = profile_load(request, name, profile);

    if (status == FOB_OK)
        status = profile_endpoint(profile, &client->sts, &request->error);
    if (status == FOB_OK)
        status = profile_iam_endpoint(profile, &client->iam, &request->error);
    if (status == FOB_OK)
        status = profile_key_find(request, profile, &client->key);
    return status;
}

static enum fob_status find_user(struct iam_session *client)
{
    struct fob_error *error = &client->request->error;
    const char *profile = client->profile.name;
    enum fob_status status =
        identity_find(client->request, &client->profile, &client->key,
                      &client->sts, client->arn);

    if (status != FOB_OK)
        return status;
    if (fob_arn_parse(client->arn, &client->user) == FOB_OK &&
        client->user.kind == FOB_ARN_ROOT)
        return identity_refuse_root(profile, error);
    if (client->user.kind == FOB_ARN_USER &&
        strlen(client->user.name) <= FOB_ACCOUNT_USER_MAX)
        return FOB_OK;
    return fob_error_set(error, FOB_E_UNSUPPORTED,
                         "the access key of profile %s is not an IAM user's: "
                         "AWS knows it as %s",
                         profile, client->arn);
}

enum fob_status iam_session_open(struct fob_request *request,
                                 const char *profile,
                                 struct iam_session *client)
{
    enum fob_status status;

    *client = (struct iam_session){.request = request};
    status = load_profile(client, profile);
    return status == FOB_OK ? find_user(client) : status;
}

void iam_session_close(struct iam_session *client)
{
    session_free(&client->session);
    profile_key_free(&client->key);
    profile_free(&client->profile);
}

enum fob_status iam_session_reload(struct iam_session *client)
{
    char name[FOB_NAME_MAX + 1];

    memcpy(name, client->profile.name, sizeof(name));
    iam_session_close(client);
    request_drop_view(client->request);
    return load_profile(client, name);
}

const char *iam_session_serial(const struct iam_session *client)
{
    const char *serial = fob_profile_get(&client->profile.found, "mfa_serial");

    return serial == NULL ? "" : serial;
}

static enum fob_status mint_with(struct iam_session *client, const char *serial,
                                 struct typed_code *typed)
{
    const struct mint_order order = {
        .profile = &client->profile,
        .name = client->profile.name,
        .serial = serial,
        .duration_s = SESSION_PLAN_USER_S,
        .left_s = SESSION_LEFT_S_MIN,
        .may_wait = true,
        .typed = typed,
    };
    enum fob_status status =
        mint_session(client->request, &order, &client->session);

    if (status != FOB_OK)
        session_free(&client->session);
    return status;
}

static bool is_own(const struct iam_session *client,
                   const struct fob_vault_account *account)
{
    return account->device[0] != '\0' && account->token[0] == '\0' &&
           strcmp(account->user, client->user.name) == 0 &&
           strcmp(account->account_id, client->user.account) == 0 &&
           strcmp(account->device, client->unproven) != 0;
}

/* `status`: how it went with the profile's own device, kept when there is no
 * other. */
static enum fob_status mint_by_others(struct iam_session *client,
                                      enum fob_status status)
{
    const struct fob_error first = client->request->error;
    struct fob_secret room = {0};
    struct fob_vault_account *account = fob_vault_account_alloc(&room);
    bool has_tried = false;

    for (size_t i = 0; account != NULL && !(has_tried && status == FOB_OK) &&
                       account_store_at(client->request, i, account) == FOB_OK;
         i++)
        if (is_own(client, account) &&
            strcmp(account->device, iam_session_serial(client)) != 0) {
            has_tried = true;
            status = mint_with(client, account->device, NULL);
        }
    fob_secret_free(&room);
    if (!has_tried)
        client->request->error = first;
    return status;
}

static bool has_session(const struct iam_session *client)
{
    return !session_is_empty(&client->session);
}

enum fob_status iam_session_get_mfa(struct iam_session *client)
{
    const char *serial = iam_session_serial(client);
    bool has_device =
        serial[0] != '\0' && strcmp(serial, client->unproven) != 0;
    enum fob_status status;

    if (has_session(client))
        return FOB_OK;
    if (has_device)
        status = mint_with(client, serial, NULL);
    else
        status = fob_error_set(&client->request->error, FOB_E_NOT_FOUND,
                               "the vault has no seed of a device of user %s",
                               client->user.name);
    if (status != FOB_OK)
        status = mint_by_others(client, status);
    if (status != FOB_E_NOT_FOUND || !client->may_type || !has_device)
        return status;
    fob_error_clear(&client->request->error);
    return mint_with(client, serial, &client->typed);
}

/* Views of the client. */
static struct fob_sigv4_key find_signer(const struct iam_session *client)
{
    if (has_session(client))
        return session_signing_key(&client->session);
    return fob_signing_key_long_term(client->key.id, &client->key.secret);
}

static const char *find_param(const struct iam_request *asked,
                              enum fob_iam_param which)
{
    const char *value = asked->params.value[which];

    return value == NULL ? "" : value;
}

static enum fob_status ask_once(struct iam_session *client,
                                const struct iam_request *asked,
                                struct aws_call_reply *reply)
{
    const struct fob_sigv4_key signer = find_signer(client);
    struct fob_secret body = {0};
    const struct aws_call call = {.endpoint = &client->iam,
                                  .key = &signer,
                                  .body = &body,
                                  .network = &client->profile.network,
                                  .has_codes =
                                      *find_param(asked, FOB_IAM_CODE_1) != 0};
    const struct fob_refusal_context context = {
        .action = fob_iam_action_name(asked->action),
        .profile = client->profile.name,
        .serial = find_param(asked, FOB_IAM_SERIAL_NUMBER),
        .access_key_id = signer.access_key_id,
    };
    struct fob_error *error = &client->request->error;
    enum fob_status status =
        fob_iam_request(asked->action, &asked->params, &body, error);

    if (status == FOB_OK)
        status = aws_call_retry(client->request, &call, &context, reply);
    fob_secret_free(&body);
    return status;
}

/* Policies that deny all without MFA word it as any other denial. */
static bool wants_session(const struct iam_session *client,
                          enum fob_refusal refusal)
{
    return !has_session(client) && !client->never_mints &&
           (refusal == FOB_REFUSAL_MFA || refusal == FOB_REFUSAL_DENIED);
}

/* Where no device gives codes, the refusal stands as it was. */
static bool get_session(struct iam_session *client)
{
    const struct fob_error refused = client->request->error;
    enum fob_status status = iam_session_get_mfa(client);

    if (status == FOB_E_NOT_FOUND || status == FOB_E_NOBODY)
        client->request->error = refused;
    return status == FOB_OK;
}

/* Whether the refused call is made again: with a session, or after a pause
 * while IAM is being changed. */
static enum fob_status decide_retry(struct iam_session *client,
                                    enum fob_refusal refusal, unsigned *tries,
                                    bool *is_again)
{
    *is_again = false;
    if (refusal == FOB_REFUSAL_CONFLICT)
        return backoff_wait(client->request, tries, is_again);
    if (wants_session(client, refusal))
        *is_again = get_session(client);
    return FOB_OK;
}

enum fob_status iam_session_call(struct iam_session *client,
                                 const struct iam_request *asked,
                                 struct aws_call_reply *reply)
{
    unsigned tries = 0;
    bool maybe_done = false, is_again;
    enum fob_status status;

    for (;;) {
        status = ask_once(client, asked, reply);
        maybe_done = reply->maybe_done = maybe_done || reply->maybe_done;
        if (status == FOB_OK)
            return FOB_OK;
        status = decide_retry(client, reply->refusal, &tries, &is_again);
        if (status != FOB_OK)
            reply->refusal = FOB_REFUSAL_NONE;
        if (!is_again)
            return client->request->error.status;
        aws_call_reply_free(reply);
    }
}

enum fob_status iam_session_do(struct iam_session *client,
                               const struct iam_request *asked,
                               enum fob_refusal *refusal)
{
    struct aws_call_reply reply = {0};
    enum fob_status status = iam_session_call(client, asked, &reply);

    if (refusal != NULL)
        *refusal = reply.refusal;
    aws_call_reply_free(&reply);
    return status;
}
