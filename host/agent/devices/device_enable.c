/* SPDX-License-Identifier: MIT */
#include "host/agent/devices/device_enable.h"

#include "host/agent/devices/device_pair.h"
#include "host/agent/iam/device_list.h"
#include "host/agent/network/backoff.h"
#include "src/wipe.h"

static enum fob_status send_pair(struct iam_session *client, const char *user,
                                 const char *serial,
                                 const struct device_pair *pair,
                                 struct aws_call_reply *reply)
{
    struct iam_request asked = {.action = FOB_IAM_ENABLE_MFA_DEVICE};

    asked.params.value[FOB_IAM_USER_NAME] = user;
    asked.params.value[FOB_IAM_SERIAL_NUMBER] = serial;
    asked.params.value[FOB_IAM_CODE_1] = pair->first;
    asked.params.value[FOB_IAM_CODE_2] = pair->second;
    return iam_session_call(client, &asked, reply);
}

static enum fob_status try_once(struct iam_session *client, const char *user,
                                const struct fob_vault_account *account,
                                struct aws_call_reply *reply)
{
    struct device_pair pair = {0};
    enum fob_status status = device_pair_take(client, account, false, &pair);

    if (status == FOB_OK)
        status = send_pair(client, user, account->device, &pair, reply);
    fob_wipe(&pair, sizeof(pair));
    return status;
}

/* By a run that was cut and whose list AWS does not show, or by the try that
 * AWS broke off. */
static bool is_enabled(struct iam_session *client, const char *user,
                       const char *serial, const struct aws_call_reply *reply)
{
    struct fob_error *error = &client->request->error;
    const struct fob_error why = *error;
    bool has = reply->refusal == FOB_REFUSAL_EXISTS;

    if (!has && aws_call_failed_5xx(reply) &&
        device_list_has(client, user, serial, &has) != FOB_OK)
        has = false;
    *error = why;
    return has;
}

/* A pair that was not taken is as good as before, but for one of the wrong
 * time. */
struct patience {
    unsigned later;
    bool set_clock;
};

static bool may_try_again(struct fob_request *request,
                          const struct aws_call_reply *reply,
                          struct patience *patience)
{
    bool may_try;

    if (aws_call_failed_5xx(reply))
        return backoff_wait(request, &patience->later, &may_try) == FOB_OK &&
               may_try;
    if (reply->refusal != FOB_REFUSAL_CLOCK || patience->set_clock)
        return false;
    return patience->set_clock = true;
}

enum fob_status device_enable(struct iam_session *client, const char *user,
                              const struct fob_vault_account *account,
                              enum fob_refusal *refusal)
{
    struct patience patience = {0};
    struct aws_call_reply reply = {0};
    bool again = false;
    enum fob_status status;

    request_progress(client->request, "enabling the device %s",
                     account->device);
    do {
        status = try_once(client, user, account, &reply);
        if (status != FOB_OK &&
            is_enabled(client, user, account->device, &reply)) {
            fob_error_clear(&client->request->error);
            status = FOB_OK;
        }
        again = status != FOB_OK &&
                may_try_again(client->request, &reply, &patience);
        *refusal = reply.refusal;
        aws_call_reply_free(&reply);
    } while (again);
    return status == FOB_OK ? FOB_OK : client->request->error.status;
}
