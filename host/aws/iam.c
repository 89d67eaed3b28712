/* SPDX-License-Identifier: MIT */
#include "host/aws/iam.h"

#include "host/aws/parameter.h"
#include "host/aws/query.h"

#include <string.h>

static const char VERSION[] = "2010-05-08";

/* Limits of the service model; the marker is AWS's own text. */
static const struct parameter_rule PARAMETERS[FOB_IAM_PARAM_COUNT] = {
    [FOB_IAM_USER_NAME] = {"UserName", 1, 128, PARAMETER_WORD "+=,.@-"},
    [FOB_IAM_SERIAL_NUMBER] = {"SerialNumber", 9, 256,
                               PARAMETER_WORD "+=/:,.@-"},
    [FOB_IAM_DEVICE_NAME] = {"VirtualMFADeviceName", 1, 226,
                             PARAMETER_WORD "+=,.@-"},
    [FOB_IAM_PATH] = {"Path", 1, 512, PARAMETER_WORD "/+=,.@-"},
    [FOB_IAM_CODE_1] = {"AuthenticationCode1", 6, 6, PARAMETER_DIGITS},
    [FOB_IAM_CODE_2] = {"AuthenticationCode2", 6, 6, PARAMETER_DIGITS},
    [FOB_IAM_ACCESS_KEY_ID] = {"AccessKeyId", 16, 128, PARAMETER_WORD},
    [FOB_IAM_STATUS] = {"Status", 6, 8, PARAMETER_WORD},
    [FOB_IAM_ASSIGNMENT_STATUS] = {"AssignmentStatus", 3, 10, PARAMETER_WORD},
    [FOB_IAM_MARKER] = {"Marker", 1, 320, NULL},
    [FOB_IAM_MAX_ITEMS] = {"MaxItems", 1, 4, PARAMETER_DIGITS},
};

enum {
    USER = 1 << FOB_IAM_USER_NAME,
    SERIAL = 1 << FOB_IAM_SERIAL_NUMBER,
    NAME = 1 << FOB_IAM_DEVICE_NAME,
    PATH = 1 << FOB_IAM_PATH,
    CODES = 1 << FOB_IAM_CODE_1 | 1 << FOB_IAM_CODE_2,
    KEY = 1 << FOB_IAM_ACCESS_KEY_ID,
    STATUS = 1 << FOB_IAM_STATUS,
    ASSIGNED = 1 << FOB_IAM_ASSIGNMENT_STATUS,
    PAGE = 1 << FOB_IAM_MARKER | 1 << FOB_IAM_MAX_ITEMS,
};

static const struct {
    const char *name;
    unsigned required;
    unsigned optional;
} ACTIONS[FOB_IAM_ACTION_COUNT] = {
    [FOB_IAM_CREATE_VIRTUAL_MFA_DEVICE] = {"CreateVirtualMFADevice", NAME,
                                           PATH},
    [FOB_IAM_ENABLE_MFA_DEVICE] = {"EnableMFADevice", USER | SERIAL | CODES, 0},
    [FOB_IAM_RESYNC_MFA_DEVICE] = {"ResyncMFADevice", USER | SERIAL | CODES, 0},
    [FOB_IAM_DEACTIVATE_MFA_DEVICE] = {"DeactivateMFADevice", SERIAL, USER},
    [FOB_IAM_DELETE_VIRTUAL_MFA_DEVICE] = {"DeleteVirtualMFADevice", SERIAL, 0},
    [FOB_IAM_LIST_MFA_DEVICES] = {"ListMFADevices", 0, USER | PAGE},
    [FOB_IAM_LIST_VIRTUAL_MFA_DEVICES] = {"ListVirtualMFADevices", 0,
                                          ASSIGNED | PAGE},
    [FOB_IAM_CREATE_ACCESS_KEY] = {"CreateAccessKey", 0, USER},
    [FOB_IAM_UPDATE_ACCESS_KEY] = {"UpdateAccessKey", KEY | STATUS, USER},
    [FOB_IAM_DELETE_ACCESS_KEY] = {"DeleteAccessKey", KEY, USER},
    [FOB_IAM_LIST_ACCESS_KEYS] = {"ListAccessKeys", 0, USER | PAGE},
    [FOB_IAM_GET_ACCESS_KEY_LAST_USED] = {"GetAccessKeyLastUsed", KEY, 0},
};

const char *fob_iam_action_name(enum fob_iam_action action)
{
    return ACTIONS[action].name;
}

static bool is_given(const struct fob_iam_params *params, size_t i)
{
    return params->value[i] != NULL && *params->value[i] != '\0';
}

static enum fob_status check_param(enum fob_iam_action action,
                                   const struct fob_iam_params *params,
                                   size_t i, struct fob_error *error)
{
    bool required = (ACTIONS[action].required >> i & 1) != 0;
    bool optional = (ACTIONS[action].optional >> i & 1) != 0;

    if (!is_given(params, i))
        return !required
                   ? FOB_OK
                   : fob_error_set(error, FOB_E_USAGE, "%s needs a %s",
                                   ACTIONS[action].name, PARAMETERS[i].name);
    if (!required && !optional)
        return fob_error_set(error, FOB_E_USAGE, "%s takes no %s",
                             ACTIONS[action].name, PARAMETERS[i].name);
    return parameter_check(&PARAMETERS[i], params->value[i], error);
}

enum fob_status fob_iam_request(enum fob_iam_action action,
                                const struct fob_iam_params *params,
                                struct fob_secret *body,
                                struct fob_error *error)
{
    struct fob_query query;
    enum fob_status status;

    for (size_t i = 0; i < FOB_IAM_PARAM_COUNT; i++) {
        status = check_param(action, params, i, error);
        if (status != FOB_OK)
            return status;
    }
    fob_query_start(&query, body, ACTIONS[action].name, VERSION);
    for (size_t i = 0; i < FOB_IAM_PARAM_COUNT; i++)
        fob_query_put(&query, PARAMETERS[i].name, params->value[i]);
    if (fob_query_end(&query) != FOB_OK)
        return fob_error_no_memory(error);
    return FOB_OK;
}
