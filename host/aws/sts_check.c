/* SPDX-License-Identifier: MIT */
#include "host/aws/sts_check.h"

#include "host/aws/arn.h"
#include "host/aws/parameter.h"

#include <inttypes.h>

enum { POLICY_ARNS_MAX = 10 };

/* Limits of the service model; facts of the API, not of fob. */
static const struct parameter_rule
    SERIAL_NUMBER = {"SerialNumber", 9, 256, PARAMETER_WORD "+=/:,.@-"},
    TOKEN_CODE = {"TokenCode", 6, 6, PARAMETER_DIGITS},
    ROLE_ARN = {"RoleArn", 20, 2048, NULL},
    SESSION_NAME = {"RoleSessionName", 2, 64, PARAMETER_WORD "+=,.@-"},
    FEDERATED_NAME = {"Name", 2, FOB_STS_FEDERATED_NAME_MAX,
                      PARAMETER_WORD "+=,.@-"},
    EXTERNAL_ID = {"ExternalId", 2, 1224, PARAMETER_WORD "+=,.@:/-"},
    SOURCE_IDENTITY = {"SourceIdentity", 2, 64, PARAMETER_WORD "+=,.@-"},
    POLICY_ARN = {"PolicyArns", 20, 2048, NULL},
    TAG_KEY = {"a session tag's key", 1, 128, NULL},
    TAG_VALUE = {"a session tag's value", 0, 256, NULL};

enum fob_status sts_check_duration(uint32_t duration_s, uint32_t max_s,
                                   struct fob_error *error)
{
    if (duration_s == 0 ||
        (duration_s >= FOB_STS_DURATION_S_MIN && duration_s <= max_s))
        return FOB_OK;
    return fob_error_set(error, FOB_E_USAGE,
                         "a session can last from %d to %" PRIu32
                         " seconds, not %" PRIu32,
                         FOB_STS_DURATION_S_MIN, max_s, duration_s);
}

enum fob_status sts_check_federated_name(const char *name,
                                         struct fob_error *error)
{
    return parameter_check(&FEDERATED_NAME, name, error);
}

static enum fob_status check_device(const char *serial, struct fob_error *error)
{
    static const char *const why[] = {
        [FOB_DEVICE_SMS] = "is SMS, which AWS has retired",
        [FOB_DEVICE_FIDO] = "is a FIDO key, which gives no codes for the API",
        [FOB_DEVICE_ROOT] = "is the root user's, which has no use for the API",
    };
    enum fob_device_kind kind;
    enum fob_status status = parameter_check(&SERIAL_NUMBER, serial, error);

    if (status != FOB_OK)
        return status;
    if (fob_arn_device_kind(serial, &kind) != FOB_OK)
        return fob_error_set(error, FOB_E_USAGE,
                             "%s is not the serial of an MFA device", serial);
    if (kind == FOB_DEVICE_VIRTUAL || kind == FOB_DEVICE_HARDWARE)
        return FOB_OK;
    fob_error_set(error, FOB_E_USAGE, "the device %s %s", serial, why[kind]);
    fob_error_hint(error, "set mfa_serial to a virtual device of the user");
    return FOB_E_USAGE;
}

enum fob_status sts_check_mfa(const char *serial, const char *code,
                              struct fob_error *error)
{
    enum fob_status status;

    if (*serial == '\0' && *code == '\0')
        return FOB_OK;
    status = check_device(serial, error);
    return status == FOB_OK ? parameter_check(&TOKEN_CODE, code, error)
                            : status;
}

static enum fob_status check_lists(const struct fob_sts_role_params *params,
                                   struct fob_error *error)
{
    enum fob_status status = FOB_OK;

    if (params->policy_arn_count > POLICY_ARNS_MAX ||
        params->tag_count > FOB_STS_TAGS_MAX ||
        params->transitive_key_count > FOB_STS_TAGS_MAX)
        return fob_error_set(error, FOB_E_USAGE,
                             "at most %d session tags and %d policy ARNs can "
                             "be passed",
                             FOB_STS_TAGS_MAX, POLICY_ARNS_MAX);
    for (size_t i = 0; status == FOB_OK && i < params->policy_arn_count; i++)
        status = parameter_check(&POLICY_ARN, params->policy_arns[i], error);
    for (size_t i = 0; status == FOB_OK && i < params->tag_count; i++) {
        status = parameter_check(&TAG_KEY, params->tags[i].key, error);
        if (status == FOB_OK)
            status = parameter_check(&TAG_VALUE, params->tags[i].value, error);
    }
    for (size_t i = 0; status == FOB_OK && i < params->transitive_key_count;
         i++)
        status = parameter_check(&TAG_KEY, params->transitive_keys[i], error);
    return status;
}

enum fob_status fob_sts_role_check(const struct fob_sts_role_params *params,
                                   struct fob_error *error)
{
    struct fob_arn arn;
    enum fob_status status;

    status = parameter_check(&ROLE_ARN, params->role_arn, error);
    if (status == FOB_OK && (fob_arn_parse(params->role_arn, &arn) != FOB_OK ||
                             arn.kind != FOB_ARN_ROLE))
        status = fob_error_set(error, FOB_E_USAGE,
                               "%s is not the ARN of a role", params->role_arn);
    if (status == FOB_OK)
        status = parameter_check(&SESSION_NAME, params->session_name, error);
    if (status == FOB_OK)
        status =
            sts_check_duration(params->duration_s, FOB_STS_ROLE_S_MAX, error);
    if (status == FOB_OK)
        status = sts_check_mfa(params->serial, params->code, error);
    if (status == FOB_OK)
        status =
            parameter_check_optional(&EXTERNAL_ID, params->external_id, error);
    if (status == FOB_OK)
        status = parameter_check_optional(&SOURCE_IDENTITY,
                                          params->source_identity, error);
    return status == FOB_OK ? check_lists(params, error) : status;
}
