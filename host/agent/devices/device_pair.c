/* SPDX-License-Identifier: MIT */
#include "host/agent/devices/device_pair.h"

#include "host/agent/codes/ledger_file.h"
#include "host/agent/state/server_clock.h"
#include "host/agent/tokens/token_seed.h"

enum { EDGE_S = 2 };

static enum fob_status make_on_token(struct fob_request *request,
                                     const struct fob_vault_account *account,
                                     uint64_t step, struct device_pair *pair)
{
    struct token_seed seed;
    enum fob_status status = token_seed_open(request, account, &seed);

    if (status != FOB_OK)
        return status;
    seed.session.touches = 2;
    status = token_seed_code(&seed, step - 1, pair->first);
    if (status == FOB_OK)
        status = token_seed_code(&seed, step, pair->second);
    token_seed_close(&seed);
    return status;
}

static enum fob_status make_pair(struct fob_request *request,
                                 const struct fob_vault_account *account,
                                 uint64_t step, struct device_pair *pair)
{
    enum fob_status status;

    if (account->token[0] != '\0')
        return make_on_token(request, account, step, pair);
    status = fob_otp_code(&account->otp, step - 1, pair->first);
    if (status == FOB_OK)
        status = fob_otp_code(&account->otp, step, pair->second);
    if (status == FOB_OK)
        return FOB_OK;
    return fob_error_set(&request->error, status, "no code can be made of %s",
                         account->name);
}

static enum fob_status wait_for(struct iam_session *client, uint32_t wait_s)
{
    request_progress(client->request, "waiting %u s for unused codes",
                     (unsigned)wait_s);
    return request_wait(client->request, (int)wait_s * 1000);
}

/* AWS takes the pair for what its own clock says, so one made at the edge of a
 * step, where a second decides, would set the device's clock a step off. */
static enum fob_status find_step(struct iam_session *client,
                                 const struct fob_vault_account *account,
                                 uint64_t *step, uint32_t *left_s)
{
    uint32_t period_s = account->otp.period_s;
    enum fob_status status =
        server_clock_check(&client->iam, &client->request->error);

    while (status == FOB_OK) {
        uint64_t now_s = (uint64_t)server_clock_now_s(&client->iam);

        *step = fob_otp_step(now_s, period_s);
        *left_s = period_s - (uint32_t)(now_s % period_s);
        if (*left_s > EDGE_S && *left_s <= period_s - EDGE_S)
            break;
        status = wait_for(client, 1);
    }
    return status;
}

enum fob_status device_pair_show(struct iam_session *client,
                                 const struct fob_vault_account *account,
                                 uint64_t *last, struct device_pair *pair)
{
    uint32_t left_s;
    uint64_t step;
    enum fob_status status = find_step(client, account, &step, &left_s);

    while (status == FOB_OK && step <= *last) {
        status = wait_for(client, left_s);
        if (status == FOB_OK)
            status = find_step(client, account, &step, &left_s);
    }
    if (status != FOB_OK)
        return status;
    *last = step;
    return make_pair(client->request, account, step, pair);
}

static void spend_pair(struct ledger_file *file, uint64_t step, int64_t now_s)
{
    fob_ledger_spend(&file->ledger, step - 1, now_s, false);
    fob_ledger_spend(&file->ledger, step, now_s, false);
}

enum fob_status device_pair_note(struct iam_session *client,
                                 const struct fob_vault_account *account,
                                 uint64_t last)
{
    struct fob_error *error = &client->request->error;
    struct ledger_file file;
    enum fob_status status =
        ledger_file_wait(&file, account->device, client->request);

    if (status != FOB_OK)
        return status;
    spend_pair(&file, last, server_clock_now_s(&client->iam));
    status = ledger_file_save(&file, error);
    ledger_file_close(&file);
    return status;
}

/* How long until two codes in a row are unused, as far as the ledger goes. */
static uint32_t find_wait(const struct fob_ledger *ledger, uint64_t step,
                          uint32_t left_s, uint32_t period_s)
{
    for (uint32_t i = 1; i <= FOB_LEDGER_STEPS; i++)
        if (!fob_ledger_is_spent(ledger, step + i - 1) &&
            !fob_ledger_is_spent(ledger, step + i))
            return left_s + (i - 1) * period_s;
    return left_s;
}

/* *wait_s is not 0 when the codes are used: the time to the first ones that are
 * not. */
static enum fob_status take_pair(struct iam_session *client,
                                 const struct fob_vault_account *account,
                                 bool unused, struct device_pair *pair,
                                 uint32_t *wait_s)
{
    struct ledger_file file;
    struct fob_error *error = &client->request->error;
    uint32_t left_s;
    uint64_t step;
    enum fob_status status = find_step(client, account, &step, &left_s);

    *wait_s = 0;
    if (status == FOB_OK)
        status = ledger_file_wait(&file, account->device, client->request);
    if (status != FOB_OK)
        return status;
    if (unused && (fob_ledger_is_spent(&file.ledger, step - 1) ||
                   fob_ledger_is_spent(&file.ledger, step)))
        *wait_s = find_wait(&file.ledger, step, left_s, account->otp.period_s);
    if (*wait_s == 0) {
        spend_pair(&file, step, server_clock_now_s(&client->iam));
        status = ledger_file_save(&file, error);
    }
    ledger_file_close(&file);
    /* The ledger is not held over a touch. */
    if (status == FOB_OK && *wait_s == 0)
        status = make_pair(client->request, account, step, pair);
    return status;
}

enum fob_status device_pair_take(struct iam_session *client,
                                 const struct fob_vault_account *account,
                                 bool unused, struct device_pair *pair)
{
    uint32_t wait_s;
    enum fob_status status;

    /* A token's guard lets steps only rise. */
    unused = unused || account->token[0] != '\0';
    for (;;) {
        status = take_pair(client, account, unused, pair, &wait_s);
        if (status == FOB_OK && wait_s > 0) {
            request_note(
                client->request,
                "The codes of now are used up: the next two that are not "
                "come in %u s",
                (unsigned)wait_s);
            status = wait_for(client, wait_s);
        }
        if (status != FOB_OK || wait_s == 0)
            return status;
    }
}
