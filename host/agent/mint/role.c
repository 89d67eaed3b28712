/* SPDX-License-Identifier: MIT */
#include "host/agent/mint/role.h"

#include "host/agent/network/aws_call.h"
#include "host/agent/state/server_clock.h"
#include "host/aws/arn.h"
#include "host/base/text.h"

#include <string.h>

static const char *get_setting(const struct profile *profile, const char *key)
{
    const char *value = fob_profile_get(&profile->found, key);

    return value == NULL ? "" : value;
}

/* Without outer spaces; rewrites the text. */
static char *trim(char *text)
{
    char *end;

    text += strspn(text, " \t");
    end = text + strlen(text);
    while (end > text && (end[-1] == ' ' || end[-1] == '\t'))
        *--end = '\0';
    return text;
}

/* The next part of `*rest` up to a comma, or NULL; empty ones are passed
 * over. */
static char *next_part(char **rest)
{
    char *part;

    while ((part = strsep(rest, ",")) != NULL) {
        part = trim(part);
        if (*part != '\0')
            return part;
    }
    return NULL;
}

static enum fob_status bad_tags(const struct profile *profile, const char *key,
                                struct fob_error *error)
{
    return fob_error_set(
        error, FOB_E_SYNTAX, "%s of profile %s is not at most %d of %s", key,
        profile->name, FOB_STS_TAGS_MAX,
        strcmp(key, "session_tags") == 0 ? "key=value" : "key");
}

static enum fob_status split_tags(const struct profile *profile,
                                  struct role *role, char *text,
                                  struct fob_error *error)
{
    char *part, *equals;

    while ((part = next_part(&text)) != NULL) {
        equals = strchr(part, '=');
        if (equals == NULL || equals == part ||
            role->params.tag_count == FOB_STS_TAGS_MAX)
            return bad_tags(profile, "session_tags", error);
        *equals = '\0';
        role->tags[role->params.tag_count++] =
            (struct fob_sts_tag){.key = trim(part), .value = trim(equals + 1)};
    }
    return FOB_OK;
}

static enum fob_status split_keys(const struct profile *profile,
                                  struct role *role, char *text,
                                  struct fob_error *error)
{
    char *part;

    while ((part = next_part(&text)) != NULL) {
        if (role->params.transitive_key_count == FOB_STS_TAGS_MAX)
            return bad_tags(profile, "transitive_session_tags", error);
        role->transitive[role->params.transitive_key_count++] = part;
    }
    return FOB_OK;
}

static enum fob_status load_tags(const struct profile *profile,
                                 struct role *role, struct fob_error *error)
{
    const char *tags = get_setting(profile, "session_tags");
    const char *keys = get_setting(profile, "transitive_session_tags");
    enum fob_status status =
        fob_secret_copy(&role->text, tags, strlen(tags) + 1);

    if (status == FOB_OK)
        status = fob_secret_append(&role->text, keys, strlen(keys) + 1);
    if (status != FOB_OK)
        return fob_error_no_memory(error);
    status = split_tags(profile, role, (char *)role->text.data, error);
    if (status == FOB_OK)
        status = split_keys(profile, role,
                            (char *)role->text.data + strlen(tags) + 1, error);
    role->params.tags = role->tags;
    role->params.transitive_keys = role->transitive;
    return status;
}

/* CloudTrail shows the name beside whatever the role does. */
static const char *find_session_name(const struct profile *profile,
                                     const char *serial)
{
    const char *name = get_setting(profile, "role_session_name");
    struct fob_arn arn;

    if (name[0] != '\0')
        return name;
    if (fob_arn_parse(serial, &arn) == FOB_OK && strlen(arn.name) >= 2)
        return arn.name;
    return "fob";
}

/* What AWS would refuse is the profile's fault, not the caller's. */
static enum fob_status check_role(const struct profile *profile,
                                  const struct role *role,
                                  struct fob_error *error)
{
    struct fob_error why = {0};

    if (fob_sts_role_check(&role->params, &why) == FOB_OK)
        return FOB_OK;
    fob_error_set(error, FOB_E_SYNTAX, "the role of profile %s: %s",
                  profile->name, why.text);
    fob_error_hint(error, "mend it in %s", profile->all.paths.config);
    return FOB_E_SYNTAX;
}

enum fob_status role_load(const struct profile *profile, const char *serial,
                          struct role *role, struct fob_error *error)
{
    struct fob_sts_role_params *params = &role->params;
    enum fob_status status;

    *role = (struct role){0};
    *params = (struct fob_sts_role_params){
        .role_arn = get_setting(profile, "role_arn"),
        .serial = "",
        .code = "",
        .external_id = get_setting(profile, "external_id"),
        .source_identity = get_setting(profile, "source_identity"),
        .policy = "",
        .session_name = role->session_name,
    };
    status = fob_text_copy(role->session_name, sizeof(role->session_name),
                           find_session_name(profile, serial));
    if (status == FOB_OK)
        status = fob_text_format(
            role->id, sizeof(role->id), "%s\t%s\t%s\t%s\t%s\t%s",
            params->role_arn, role->session_name, params->external_id,
            params->source_identity, get_setting(profile, "session_tags"),
            get_setting(profile, "transitive_session_tags"));
    if (status != FOB_OK)
        return fob_error_set(error, FOB_E_SYNTAX,
                             "the role of profile %s has settings that are "
                             "too long",
                             profile->name);
    status = load_tags(profile, role, error);
    return status == FOB_OK ? check_role(profile, role, error) : status;
}

void role_free(struct role *role)
{
    fob_secret_free(&role->text);
    *role = (struct role){0};
}

enum fob_status role_assume(struct fob_request *request,
                            const struct role_call *call,
                            struct session *session)
{
    const struct fob_refusal_context context = {
        .action = "AssumeRole",
        .profile = call->profile->name,
        .serial = call->serial,
        .access_key_id = call->signer->access_key_id,
    };
    struct fob_sts_role_params params = call->role->params;
    struct fob_secret body = {0};
    const struct aws_call signing = {.endpoint = call->endpoint,
                                     .key = call->signer,
                                     .body = &body,
                                     .network = &call->profile->network};
    struct aws_call_reply reply = {0};
    struct fob_error *error = &request->error;
    enum fob_status status;

    request_progress(request, "asking STS for the role of %s",
                     call->profile->name);
    params.duration_s = call->duration_s;
    status = fob_sts_role_request(&params, &body, error);
    if (status == FOB_OK)
        status = aws_call_retry(request, &signing, &context, &reply);
    if (call->refusal != NULL)
        *call->refusal = reply.refusal;
    if (status == FOB_OK)
        status =
            fob_sts_role_reply(&reply.exchange, &session->credentials, error);
    if (status == FOB_OK) {
        session_set_owner(session, call->profile->name, call->serial,
                          call->role->params.role_arn);
        session->created_s = server_clock_now_s(call->endpoint);
    }
    aws_call_reply_free(&reply);
    fob_secret_free(&body);
    return status;
}
