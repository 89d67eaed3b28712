/* SPDX-License-Identifier: MIT */
#include "host/agent/devices/device_verify.h"

#include "host/agent/mint/credentials.h"
#include "host/agent/mint/mint.h"

/* STS sees IAM's changes 8 to 15 s later.  Six tries leave one of the budget
 * of seven. */
static const unsigned pauses_s[] = {9, 7, 8, 12, 20};
enum { PAUSES = sizeof(pauses_s) / sizeof(pauses_s[0]) };

static enum fob_status try_once(struct iam_session *client,
                                const struct mint_order *order)
{
    struct session session = {0};
    enum fob_status status = mint_session(client->request, order, &session);

    session_free(&session);
    return status;
}

enum fob_status device_verify(struct iam_session *client, const char *serial,
                              const char *account)
{
    enum fob_refusal refusal = FOB_REFUSAL_NONE;
    const struct mint_order order = {
        .profile = &client->profile,
        .name = client->profile.name,
        .serial = serial,
        .account = account,
        .duration_s = SESSION_PLAN_USER_S,
        .left_s = SESSION_LEFT_S_MIN,
        .may_wait = true,
        .refusal = &refusal,
    };
    enum fob_status status = try_once(client, &order);

    for (size_t i = 0;
         i < PAUSES && status == FOB_E_REFUSED && refusal == FOB_REFUSAL_DEVICE;
         i++) {
        request_progress(client->request, "waiting for STS to see %s", serial);
        status = request_wait(client->request, (int)pauses_s[i] * 1000);
        if (status == FOB_OK)
            status = try_once(client, &order);
    }
    return status;
}
