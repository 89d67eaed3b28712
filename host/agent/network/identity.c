/* SPDX-License-Identifier: MIT */
#include "host/agent/network/identity.h"

#include "host/agent/network/aws_call.h"
#include "host/agent/state/cache.h"
#include "host/aws/arn.h"
#include "host/aws/signing_key.h"
#include "host/base/text.h"

#include <string.h>

enum {
    NAME_MAX_LEN =
        FOB_KEY_ID_MAX + FOB_ENDPOINT_URL_MAX + FOB_ENDPOINT_TRUST_MAX + 16
};

enum fob_status identity_refuse_root(const char *profile,
                                     struct fob_error *error)
{
    fob_error_set(error, FOB_E_REFUSED,
                  "the access key of profile %s is the root user's: whoever "
                  "has it can do anything, and no policy holds it back",
                  profile);
    fob_error_hint(error, "make an IAM user with its own key, then delete "
                          "the root key in the console");
    return FOB_E_REFUSED;
}

static enum fob_status read_arn(const char *text, const struct profile *profile,
                                char user[static FOB_ACCOUNT_USER_MAX + 1],
                                struct fob_error *error)
{
    struct fob_arn arn;

    user[0] = '\0';
    if (fob_arn_parse(text, &arn) != FOB_OK)
        return FOB_OK;
    if (arn.kind == FOB_ARN_ROOT)
        return identity_refuse_root(profile->name, error);
    /* A longer name is none of IAM's. */
    if (arn.kind == FOB_ARN_USER)
        (void)!fob_text_copy(user, FOB_ACCOUNT_USER_MAX + 1, arn.name);
    return FOB_OK;
}

static enum fob_status make_name(const struct profile_key *key,
                                 const struct fob_endpoint *endpoint,
                                 char name[static NAME_MAX_LEN + 1])
{
    return fob_text_format(name, NAME_MAX_LEN + 1, "identity\n%s\n%s\n%s",
                           key->id, fob_endpoint_scope(endpoint),
                           endpoint->trust);
}

static enum fob_status ask_sts(struct fob_request *request,
                               const struct profile *profile,
                               const struct profile_key *key,
                               const struct fob_endpoint *endpoint,
                               struct fob_sts_identity *identity)
{
    const struct fob_sigv4_key signing =
        fob_signing_key_long_term(key->id, &key->secret);
    const struct fob_refusal_context context = {.action = "GetCallerIdentity",
                                                .profile = profile->name,
                                                .serial = "",
                                                .access_key_id = key->id};
    struct fob_secret body = {0};
    struct aws_call call = {.endpoint = endpoint,
                            .key = &signing,
                            .body = &body,
                            .network = &profile->network};
    struct aws_call_reply reply = {0};
    struct fob_error *error = &request->error;
    enum fob_status status = fob_sts_identity_request(&body, error);

    if (status == FOB_OK)
        status = aws_call_retry(request, &call, &context, &reply);
    if (status == FOB_OK)
        status = fob_sts_identity_reply(&reply.exchange, identity, error);
    aws_call_reply_free(&reply);
    fob_secret_free(&body);
    return status;
}

/* Not to remember costs one more question next time, no more. */
static void keep_answer(struct fob_request *request, const char *name,
                        const char *arn)
{
    struct fob_secret content = {0};

    if (fob_secret_copy(&content, arn, strlen(arn)) == FOB_OK)
        cache_keep(request, name, &content);
    fob_secret_free(&content);
}

enum fob_status identity_ask(struct fob_request *request,
                             const struct profile *profile,
                             const struct profile_key *key,
                             const struct fob_endpoint *endpoint,
                             char arn[static FOB_ARN_MAX + 1])
{
    char name[NAME_MAX_LEN + 1];
    struct fob_sts_identity identity;
    enum fob_status status =
        ask_sts(request, profile, key, endpoint, &identity);

    arn[0] = '\0';
    if (status != FOB_OK)
        return status;
    if (make_name(key, endpoint, name) == FOB_OK)
        keep_answer(request, name, identity.arn);
    return fob_text_copy(arn, FOB_ARN_MAX + 1, identity.arn);
}

enum fob_status identity_find(struct fob_request *request,
                              const struct profile *profile,
                              const struct profile_key *key,
                              const struct fob_endpoint *endpoint,
                              char arn[static FOB_ARN_MAX + 1])
{
    char name[NAME_MAX_LEN + 1];
    struct fob_secret known = {0};
    enum fob_status status = make_name(key, endpoint, name);

    arn[0] = '\0';
    if (status != FOB_OK)
        return fob_error_set(&request->error, status,
                             "the access key's id is too long");
    if (cache_get(request->agent, name, &known) == FOB_OK)
        status = fob_text_copy(arn, FOB_ARN_MAX + 1, (const char *)known.data);
    fob_secret_free(&known);
    if (status == FOB_OK && arn[0] != '\0')
        return FOB_OK;
    return identity_ask(request, profile, key, endpoint, arn);
}

enum fob_status identity_check(struct fob_request *request,
                               const struct profile *profile,
                               const struct profile_key *key,
                               const struct fob_endpoint *endpoint,
                               char user[static FOB_ACCOUNT_USER_MAX + 1])
{
    char arn[FOB_ARN_MAX + 1];
    enum fob_status status =
        identity_find(request, profile, key, endpoint, arn);

    if (status == FOB_OK)
        status = read_arn(arn, profile, user, &request->error);
    return status;
}

bool identity_is_root(const char *name, const struct fob_secret *content,
                      char id[static FOB_KEY_ID_MAX + 1])
{
    static const char head[] = "identity\n";
    const char *at = name + strlen(head), *end;
    struct fob_arn arn;

    id[0] = '\0';
    if (strncmp(name, head, strlen(head)) != 0)
        return false;
    end = strchr(at, '\n');
    return end != NULL && end > at &&
           fob_text_format(id, FOB_KEY_ID_MAX + 1, "%.*s", (int)(end - at),
                           at) == FOB_OK &&
           fob_arn_parse((const char *)content->data, &arn) == FOB_OK &&
           arn.kind == FOB_ARN_ROOT;
}
