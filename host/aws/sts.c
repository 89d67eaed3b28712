/* SPDX-License-Identifier: MIT */
#include "host/aws/sts.h"

#include "host/aws/query.h"
#include "host/aws/sts_check.h"

#include <stdarg.h>
#include <stdio.h>

enum { NAME_LEN = 48 };

static const char VERSION[] = "2011-06-15";

static enum fob_status finish(struct fob_query *query, struct fob_error *error)
{
    if (fob_query_end(query) != FOB_OK)
        return fob_error_no_memory(error);
    return FOB_OK;
}

static void put_duration(struct fob_query *query, uint32_t duration_s)
{
    if (duration_s != 0)
        fob_query_put_number(query, "DurationSeconds", duration_s);
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
    fob_query_start(&query, body, "GetSessionToken", VERSION);
    put_duration(&query, params->duration_s);
    fob_query_put(&query, "SerialNumber", params->serial);
    fob_query_put(&query, "TokenCode", params->code);
    return finish(&query, error);
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
    fob_query_start(&query, body, "AssumeRole", VERSION);
    fob_query_put(&query, "RoleArn", params->role_arn);
    fob_query_put(&query, "RoleSessionName", params->session_name);
    put_duration(&query, params->duration_s);
    fob_query_put(&query, "SerialNumber", params->serial);
    fob_query_put(&query, "TokenCode", params->code);
    fob_query_put(&query, "ExternalId", params->external_id);
    fob_query_put(&query, "SourceIdentity", params->source_identity);
    fob_query_put(&query, "Policy", params->policy);
    put_lists(&query, params);
    return finish(&query, error);
}

enum fob_status fob_sts_identity_request(struct fob_secret *body,
                                         struct fob_error *error)
{
    struct fob_query query;

    fob_query_start(&query, body, "GetCallerIdentity", VERSION);
    return finish(&query, error);
}
