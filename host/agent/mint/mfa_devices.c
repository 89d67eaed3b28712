/* SPDX-License-Identifier: MIT */
#include "host/agent/mint/mfa_devices.h"

#include "host/agent/accounts/account_match.h"
#include "host/agent/mint/device_turn.h"
#include "host/base/text.h"

/* A busy one is passed over: its holder may be waiting for ours. */
static enum fob_status use_sibling(struct mfa_call *call,
                                   const struct fob_vault_account *account,
                                   char used[static FOB_ARN_MAX + 1])
{
    struct fob_request *request = call->request;
    struct device sibling = {.serial = account->device, .account = account};
    uint32_t wait_s;
    enum fob_status status;

    if (ledger_file_open(&sibling.file, sibling.serial, 0, &request->error) !=
        FOB_OK)
        return FOB_E_SPENT;
    request_progress(request, "using the device %s", sibling.serial);
    fob_error_clear(&request->error);
    status = mfa_call_make(call, &sibling, &wait_s);
    ledger_file_close(&sibling.file);
    (void)!fob_text_copy(used, FOB_ARN_MAX + 1, sibling.serial);
    return status;
}

/* Other devices of the same user are as good. */
static enum fob_status use_siblings(struct mfa_call *call,
                                    const struct fob_vault_account *own,
                                    enum fob_status first,
                                    char used[static FOB_ARN_MAX + 1])
{
    struct fob_request *request = call->request;
    struct fob_secret room = {0};
    struct fob_vault_account *account = fob_vault_account_alloc(&room);
    const struct fob_error why = request->error;
    size_t cursor = 0;
    enum fob_status status = first;

    if (account == NULL)
        return first;
    while (device_turn_is_out_of_codes(status) &&
           account_match_next_sibling(request, own, &cursor, account))
        status = use_sibling(call, account, used);
    fob_secret_free(&room);
    if (!device_turn_is_out_of_codes(status))
        return status;
    request->error = why;
    return first;
}

enum fob_status mfa_devices_call(struct mfa_call *call, struct device *device,
                                 char used[static FOB_ARN_MAX + 1],
                                 uint32_t *wait_s)
{
    enum device_turn turn = DEVICE_TURN_OWN;
    enum fob_status status = FOB_OK;

    while (turn != DEVICE_TURN_END) {
        call->may_wait = turn == DEVICE_TURN_OWN_WAIT;
        if (turn == DEVICE_TURN_OTHERS) {
            status = use_siblings(call, device->account, status, used);
        } else {
            (void)!fob_text_copy(used, FOB_ARN_MAX + 1, device->serial);
            status = mfa_call_make(call, device, wait_s);
        }
        turn = device_turn_next(turn, status, device->account != NULL);
    }
    return status;
}
