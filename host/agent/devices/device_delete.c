/* SPDX-License-Identifier: MIT */
#include "host/agent/devices/device_delete.h"

#include "host/aws/arn.h"

static enum fob_status call_iam(struct iam_session *client,
                                const struct iam_request *asked)
{
    enum fob_refusal refusal;
    enum fob_status status = iam_session_do(client, asked, &refusal);

    if (refusal != FOB_REFUSAL_NOT_FOUND)
        return status;
    fob_error_clear(&client->request->error);
    return FOB_OK;
}

/* A piece of hardware has no ARN of a virtual device, and is not IAM's to
 * delete. */
static bool is_virtual(const char *serial)
{
    enum fob_device_kind kind;

    return fob_arn_device_kind(serial, &kind) == FOB_OK &&
           kind == FOB_DEVICE_VIRTUAL;
}

enum fob_status device_delete(struct iam_session *client,
                              const struct journal_entry *entry)
{
    struct iam_request off = {.action = FOB_IAM_DEACTIVATE_MFA_DEVICE};
    struct iam_request away = {.action = FOB_IAM_DELETE_VIRTUAL_MFA_DEVICE};
    enum fob_status status;

    off.params.value[FOB_IAM_USER_NAME] = entry->user;
    off.params.value[FOB_IAM_SERIAL_NUMBER] = entry->deleted;
    away.params.value[FOB_IAM_SERIAL_NUMBER] = entry->deleted;
    request_progress(client->request, "removing the device %s", entry->deleted);
    status = call_iam(client, &off);
    if (status == FOB_OK && is_virtual(entry->deleted))
        status = call_iam(client, &away);
    return status;
}
