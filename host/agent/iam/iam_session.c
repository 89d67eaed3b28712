/* SPDX-License-Identifier: MIT */
#include "host/agent/iam/iam_session.h"

#include "host/agent/accounts/account_store.h"
#include "host/agent/mint/credentials.h"
#include "host/agent/mint/mint.h"
#include "host/agent/network/backoff.h"
#include "host/agent/network/identity.h"
#include "host/aws/signing_key.h"

#include <string.h>

static enum fob_status load_profile(struct iam_session *caller,
                                    const char *name)
{
    struct fob_request *request = caller->request;
    struct profile *profile = &caller->profile;
    enum fob_status status = profile_load(request, name, profile);

    if (status == FOB_OK)
        status = profile_endpoint(profile, &caller->sts, &request->error);
    if (status == FOB_OK)
        status = profile_iam_endpoint(profile, &caller->iam, &request->error);
    if (status == FOB_OK)
        status = profile_key_find(request, profile, &caller->key);
    return status;
}

static enum fob_status find_user(struct iam_session *caller)
{
    struct fob_error *error = &caller->request->error;
    const char *profile = caller->profile.name;
    enum fob_status status =
        identity_find(caller->request, &caller->profile, &caller->key,
                      &caller->sts, caller->arn);

    if (status != FOB_OK)
        return status;
    if (fob_arn_parse(caller->arn, &caller->user) == FOB_OK &&
        caller->user.kind == FOB_ARN_ROOT)
        return identity_refuse_root(profile, error);
    if (caller->user.kind == FOB_ARN_USER &&
        strlen(caller->user.name) <= FOB_ACCOUNT_USER_MAX)
        return FOB_OK;
    return fob_error_set(error, FOB_E_UNSUPPORTED,
                         "the access key of profile %s is not an IAM user's: "
                         "AWS knows it as %s",
                         profile, caller->arn);
}

enum fob_status iam_session_open(struct fob_request *request,
                                 const char *profile,
                                 struct iam_session *caller)
{
    enum fob_status status;

    *caller = (struct iam_session){.request = request};
    status = load_profile(caller, profile);
    return status == FOB_OK ? find_user(caller) : status;
}

void iam_session_close(struct iam_session *caller)
{
    session_free(&caller->session);
    profile_key_free(&caller->key);
    profile_free(&caller->profile);
}

enum fob_status iam_session_reload(struct iam_session *caller)
{
    char name[FOB_NAME_MAX + 1];

    memcpy(name, caller->profile.name, sizeof(name));
    iam_session_close(caller);
    request_drop_view(caller->request);
    return load_profile(caller, name);
}

const char *iam_session_serial(const struct iam_session *caller)
{
    const char *serial = fob_profile_get(&caller->profile.found, "mfa_serial");

    return serial == NULL ? "" : serial;
}

static enum fob_status mint_with(struct iam_session *caller, const char *serial)
{
    const struct mint_order order = {
        .profile = &caller->profile,
        .name = caller->profile.name,
        .serial = serial,
        .duration_s = SESSION_PLAN_USER_S,
        .left_s = SESSION_LEFT_S_MIN,
        .may_wait = true,
    };
    enum fob_status status =
        mint_session(caller->request, &order, &caller->session);

    if (status != FOB_OK)
        session_free(&caller->session);
    return status;
}

static bool is_own(const struct iam_session *caller,
                   const struct fob_vault_account *account)
{
    return account->device[0] != '\0' && account->token[0] == '\0' &&
           strcmp(account->user, caller->user.name) == 0 &&
           strcmp(account->account_id, caller->user.account) == 0 &&
           strcmp(account->device, caller->unproven) != 0;
}

/* `status`: how it went with the profile's own device, kept when there is no
 * other. */
static enum fob_status mint_by_others(struct iam_session *caller,
                                      enum fob_status status)
{
    const struct fob_error first = caller->request->error;
    struct fob_secret room = {0};
    struct fob_vault_account *account = fob_vault_account_alloc(&room);
    bool tried = false;

    for (size_t i = 0; account != NULL && !(tried && status == FOB_OK) &&
                       account_store_at(caller->request, i, account) == FOB_OK;
         i++)
        if (is_own(caller, account) &&
            strcmp(account->device, iam_session_serial(caller)) != 0) {
            tried = true;
            status = mint_with(caller, account->device);
        }
    fob_secret_free(&room);
    if (!tried)
        caller->request->error = first;
    return status;
}

static bool has_session(const struct iam_session *caller)
{
    return !session_is_empty(&caller->session);
}

enum fob_status iam_session_get_mfa(struct iam_session *caller)
{
    const char *serial = iam_session_serial(caller);
    enum fob_status status;

    if (has_session(caller))
        return FOB_OK;
    if (serial[0] != '\0' && strcmp(serial, caller->unproven) != 0)
        status = mint_with(caller, serial);
    else
        status = fob_error_set(&caller->request->error, FOB_E_NOT_FOUND,
                               "the vault has no seed of a device of user %s",
                               caller->user.name);
    return status == FOB_OK ? FOB_OK : mint_by_others(caller, status);
}

/* Views of the caller. */
static struct fob_sigv4_key find_signer(const struct iam_session *caller)
{
    if (has_session(caller))
        return session_signing_key(&caller->session);
    return fob_signing_key_long_term(caller->key.id, &caller->key.secret);
}

static const char *param(const struct iam_request *asked,
                         enum fob_iam_param which)
{
    const char *value = asked->params.value[which];

    return value == NULL ? "" : value;
}

static enum fob_status ask_once(struct iam_session *caller,
                                const struct iam_request *asked,
                                struct aws_call_reply *reply)
{
    const struct fob_sigv4_key signer = find_signer(caller);
    struct fob_secret body = {0};
    const struct aws_call call = {.endpoint = &caller->iam,
                                  .key = &signer,
                                  .body = &body,
                                  .network = &caller->profile.network,
                                  .has_codes =
                                      *param(asked, FOB_IAM_CODE_1) != 0};
    const struct fob_refusal_context context = {
        .action = fob_iam_action_name(asked->action),
        .profile = caller->profile.name,
        .serial = param(asked, FOB_IAM_SERIAL_NUMBER),
        .access_key_id = signer.access_key_id,
    };
    struct fob_error *error = &caller->request->error;
    enum fob_status status =
        fob_iam_request(asked->action, &asked->params, &body, error);

    if (status == FOB_OK)
        status = aws_call_retry(caller->request, &call, &context, reply);
    fob_secret_free(&body);
    return status;
}

/* Policies that deny all without MFA word it as any other denial. */
static bool wants_session(const struct iam_session *caller,
                          enum fob_refusal refusal)
{
    return !has_session(caller) &&
           (refusal == FOB_REFUSAL_MFA || refusal == FOB_REFUSAL_DENIED);
}

/* Where no device gives codes, the refusal stands as it was. */
static bool get_session(struct iam_session *caller)
{
    const struct fob_error refused = caller->request->error;
    enum fob_status status = iam_session_get_mfa(caller);

    if (status == FOB_E_NOT_FOUND)
        caller->request->error = refused;
    return status == FOB_OK;
}

/* Whether the refused call is made again: with a session, or after a pause
 * while IAM is being changed. */
static enum fob_status decide_retry(struct iam_session *caller,
                                    enum fob_refusal refusal, unsigned *tries,
                                    bool *is_again)
{
    *is_again = false;
    if (refusal == FOB_REFUSAL_CONFLICT)
        return backoff_wait(caller->request, tries, is_again);
    if (wants_session(caller, refusal))
        *is_again = get_session(caller);
    return FOB_OK;
}

enum fob_status iam_session_call(struct iam_session *caller,
                                 const struct iam_request *asked,
                                 struct aws_call_reply *reply)
{
    unsigned tries = 0;
    bool maybe_done = false, is_again;
    enum fob_status status;

    for (;;) {
        status = ask_once(caller, asked, reply);
        maybe_done = reply->maybe_done = maybe_done || reply->maybe_done;
        if (status == FOB_OK)
            return FOB_OK;
        status = decide_retry(caller, reply->refusal, &tries, &is_again);
        if (status != FOB_OK)
            reply->refusal = FOB_REFUSAL_NONE;
        if (!is_again)
            return caller->request->error.status;
        aws_call_reply_free(reply);
    }
}

enum fob_status iam_session_do(struct iam_session *caller,
                               const struct iam_request *asked,
                               enum fob_refusal *refusal)
{
    struct aws_call_reply reply = {0};
    enum fob_status status = iam_session_call(caller, asked, &reply);

    if (refusal != NULL)
        *refusal = reply.refusal;
    aws_call_reply_free(&reply);
    return status;
}
