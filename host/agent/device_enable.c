/* SPDX-License-Identifier: MIT */
#include "host/agent/device_enable.h"

#include "host/agent/device_pair.h"
#include "src/wipe.h"

static enum fob_status send_pair(struct iam_caller *caller, const char *user,
                                 const char *serial,
                                 const struct device_pair *pair,
                                 enum fob_refusal *refusal)
{
    struct iam_request asked = {.action = FOB_IAM_ENABLE_MFA_DEVICE};

    asked.params.value[FOB_IAM_USER_NAME] = user;
    asked.params.value[FOB_IAM_SERIAL_NUMBER] = serial;
    asked.params.value[FOB_IAM_CODE_1] = pair->first;
    asked.params.value[FOB_IAM_CODE_2] = pair->second;
    return iam_caller_do(caller, &asked, refusal);
}

enum fob_status device_enable(struct iam_caller *caller, const char *user,
                              const struct fob_vault_account *account,
                              enum fob_refusal *refusal)
{
    struct device_pair pair = {0};
    enum fob_status status = device_pair_take(caller, account, false, &pair);

    *refusal = FOB_REFUSAL_NONE;
    request_progress(caller->request, "enabling the device %s",
                     account->device);
    if (status == FOB_OK)
        status = send_pair(caller, user, account->device, &pair, refusal);
    fob_wipe(&pair, sizeof(pair));
    /* Of a run that was cut, or of one whose list AWS does not show. */
    if (*refusal == FOB_REFUSAL_EXISTS) {
        fob_error_clear(&caller->request->error);
        status = FOB_OK;
    }
    return status;
}
