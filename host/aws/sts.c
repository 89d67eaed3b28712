/* SPDX-License-Identifier: MIT */
#include "host/aws/sts.h"

#include "host/aws/query.h"
#include "host/aws/sts_check.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { NAME_LEN = 48 };

static const char VERSION[] = "2011-06-15";

/* What goes into a body, in this order, from where in the parameters. */
struct sts_parameter {
    const char *name;
    enum { TEXT, SECONDS } kind;
    size_t offset;
};

#define SESSION(member) offsetof(struct fob_sts_session_params, member)
#define ROLE(member) offsetof(struct fob_sts_role_params, member)
#define FEDERATION(member) offsetof(struct fob_sts_federation_params, member)

static const struct sts_parameter SESSION_FIELDS[] = {
    {"DurationSeconds", SECONDS, SESSION(duration_s)},
    {"SerialNumber", TEXT, SESSION(serial)},
    {"TokenCode", TEXT, SESSION(code)},
    {NULL, TEXT, 0},
};

static const struct sts_parameter ROLE_FIELDS[] = {
    {"RoleArn", TEXT, ROLE(role_arn)},
    {"RoleSessionName", TEXT, ROLE(session_name)},
    {"DurationSeconds", SECONDS, ROLE(duration_s)},
    {"SerialNumber", TEXT, ROLE(serial)},
    {"TokenCode", TEXT, ROLE(code)},
    {"ExternalId", TEXT, ROLE(external_id)},
    {"SourceIdentity", TEXT, ROLE(source_identity)},
    {"Policy", TEXT, ROLE(policy)},
    {NULL, TEXT, 0},
};

static const struct sts_parameter FEDERATION_FIELDS[] = {
    {"Name", TEXT, FEDERATION(name)},
    {"Policy", TEXT, FEDERATION(policy)},
    {"DurationSeconds", SECONDS, FEDERATION(duration_s)},
    {NULL, TEXT, 0},
};

static const struct sts_parameter NO_FIELDS[] = {{NULL, TEXT, 0}};

static const struct sts_action {
    const char *name;
    const struct sts_parameter *fields;
} GET_SESSION_TOKEN = {"GetSessionToken", SESSION_FIELDS},
  ASSUME_ROLE = {"AssumeRole", ROLE_FIELDS},
  GET_FEDERATION_TOKEN = {"GetFederationToken", FEDERATION_FIELDS},
  GET_CALLER_IDENTITY = {"GetCallerIdentity", NO_FIELDS};

static void put_field(struct fob_query *query,
                      const struct sts_parameter *field, const void *params)
{
    const char *at = (const char *)params + field->offset;
    const char *text;
    uint32_t seconds;

    if (field->kind == TEXT) {
        memcpy(&text, at, sizeof(text));
        fob_query_put(query, field->name, text);
        return;
    }
    memcpy(&seconds, at, sizeof(seconds));
    if (seconds != 0)
        fob_query_put_number(query, field->name, seconds);
}

static void start_request(struct fob_query *query, struct fob_secret *body,
                          const struct sts_action *action, const void *params)
{
    fob_query_start(query, body, action->name, VERSION);
    for (const struct sts_parameter *field = action->fields;
         field->name != NULL; field++)
        put_field(query, field, params);
}

static enum fob_status end_request(struct fob_query *query,
                                   struct fob_error *error)
{
    return fob_query_end(query) == FOB_OK ? FOB_OK : fob_error_no_memory(error);
}

enum fob_status
fob_sts_session_request(const struct fob_sts_session_params *params,
                        struct fob_secret *body, struct fob_error *error)
{
    struct fob_query query;
    enum fob_status status;

    status =
        sts_check_duration(params->duration_s, FOB_STS_SESSION_S_MAX, error);
    if (status == FOB_OK)
        status = sts_check_mfa(params->serial, params->code, error);
    if (status != FOB_OK)
        return status;
    start_request(&query, body, &GET_SESSION_TOKEN, params);
    return end_request(&query, error);
}

/* Lists count from 1: Tags.member.1.Key. */
__attribute__((format(printf, 3, 4))) static void
put_member(struct fob_query *query, const char *value, const char *format, ...)
{
    char name[NAME_LEN];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(name, sizeof(name), format, arguments);
    va_end(arguments);
    fob_query_put_empty(query, name, value);
}

static void put_lists(struct fob_query *query,
                      const struct fob_sts_role_params *params)
{
    for (size_t i = 0; i < params->policy_arn_count; i++)
        put_member(query, params->policy_arns[i], "PolicyArns.member.%zu.arn",
                   i + 1);
    for (size_t i = 0; i < params->tag_count; i++) {
        put_member(query, params->tags[i].key, "Tags.member.%zu.Key", i + 1);
        put_member(query, params->tags[i].value, "Tags.member.%zu.Value",
                   i + 1);
    }
    for (size_t i = 0; i < params->transitive_key_count; i++)
        put_member(query, params->transitive_keys[i],
                   "TransitiveTagKeys.member.%zu", i + 1);
}

enum fob_status fob_sts_role_request(const struct fob_sts_role_params *params,
                                     struct fob_secret *body,
                                     struct fob_error *error)
{
    enum fob_status status = fob_sts_role_check(params, error);
    struct fob_query query;

    if (status != FOB_OK)
        return status;
    start_request(&query, body, &ASSUME_ROLE, params);
    put_lists(&query, params);
    return end_request(&query, error);
}

enum fob_status
fob_sts_federation_request(const struct fob_sts_federation_params *params,
                           struct fob_secret *body, struct fob_error *error)
{
    struct fob_query query;
    enum fob_status status = sts_check_federated_name(params->name, error);

    if (status == FOB_OK)
        status = sts_check_duration(params->duration_s, FOB_STS_SESSION_S_MAX,
                                    error);
    if (status != FOB_OK)
        return status;
    start_request(&query, body, &GET_FEDERATION_TOKEN, params);
    return end_request(&query, error);
}

enum fob_status fob_sts_identity_request(struct fob_secret *body,
                                         struct fob_error *error)
{
    struct fob_query query;

    start_request(&query, body, &GET_CALLER_IDENTITY, NULL);
    return end_request(&query, error);
}
