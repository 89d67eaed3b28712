/* SPDX-License-Identifier: MIT */
#include "host/agent/mint/mfa_call.h"

#include "host/agent/codes/code_choice.h"
#include "host/agent/mint/mfa_send.h"
#include "host/agent/network/backoff.h"
#include "host/agent/profile/config_command.h"
#include "host/agent/state/server_clock.h"
#include "host/agent/tokens/token_seed.h"
#include "host/base/text.h"
#include "src/otp.h"
#include "src/wipe.h"

static bool device_is_on_token(const struct device *device)
{
    return device->account != NULL && device->account->token[0] != '\0';
}

/* On a token the wait is for a finger, and the token is free again before the
 * network is asked. */
static enum fob_status make_code(const struct mfa_call *call,
                                 const struct device *device,
                                 struct token_seed *seed, uint64_t step,
                                 char code[static FOB_CODE_MAX + 1])
{
    struct fob_error *error = &call->request->error;
    enum fob_status status;

    if (device->typed != NULL)
        return fob_text_copy(code, FOB_CODE_MAX + 1, device->typed->code);
    if (device->account == NULL)
        return config_command_code(call->request, call->order->profile,
                                   device->command, code);
    if (device_is_on_token(device)) {
        status = token_seed_code(seed, step, code);
        token_seed_close(seed);
        return status;
    }
    status = fob_otp_code(&device->account->otp, step, code);
    if (status != FOB_OK)
        fob_error_set(error, status, "no code can be made of %s",
                      device->account->name);
    return status;
}

/* A person may have read a typed one a step ago, or from a clock that is
 * ahead. */
static void enter_code(const struct mfa_call *call, struct device *device,
                       uint64_t step)
{
    struct fob_ledger *ledger = &device->file.ledger;
    const int64_t now_s = server_clock_now_s(call->endpoint);

    fob_ledger_spend(ledger, step, now_s, true);
    if (device->typed == NULL)
        return;
    fob_ledger_spend(ledger, step - 1, now_s, false);
    fob_ledger_spend(ledger, step + 1, now_s, false);
    typed_code_note(call->request, device->serial, device->typed);
}

/* The code is entered as spent before it leaves, and only what surely did
 * not leave is taken back: a code used twice is refused, and costs one of
 * few verifications. */
static enum fob_status spend_and_call(struct mfa_call *call,
                                      struct device *device,
                                      struct token_seed *seed, uint64_t step,
                                      struct mfa_sent *sent)
{
    struct fob_error *error = &call->request->error;
    const struct fob_ledger before = device->file.ledger;
    char code[FOB_CODE_MAX + 1];
    struct fob_error ignored;
    enum fob_status status;

    enter_code(call, device, step);
    status = ledger_file_save(&device->file, error);
    if (status != FOB_OK)
        return status;
    status = make_code(call, device, seed, step, code);
    if (status == FOB_OK)
        status = mfa_send(call, device->serial, code, sent);
    fob_wipe(code, sizeof(code));
    if (status != FOB_OK && !sent->maybe_sent) {
        device->file.ledger = before;
        (void)!ledger_file_save(&device->file, &ignored);
    }
    return status;
}

static enum fob_status report_spent(struct mfa_call *call, const char *serial,
                                    uint32_t wait_s)
{
    struct fob_error *error = &call->request->error;

    fob_error_set(error, FOB_E_SPENT,
                  "no unused code of %s is left; again in %u s", serial,
                  (unsigned)wait_s);
    fob_error_hint(error, "fob credentials --wait %s", call->order->name);
    return FOB_E_SPENT;
}

static struct code_choice_source describe_source(const struct mfa_call *call,
                                                 const struct device *device,
                                                 const struct token_seed *seed)
{
    const struct fob_vault_account *account = device->account;

    if (account == NULL)
        return (struct code_choice_source){.period_s = FOB_PERIOD_S_DEFAULT,
                                           .is_command = device->typed == NULL,
                                           .is_typed = device->typed != NULL,
                                           .leaves_one = call->leaves_one};
    return (struct code_choice_source){
        .period_s = account->otp.period_s,
        .offset_s = account->offset_s,
        .watermark =
            device_is_on_token(device) ? token_seed_watermark(seed) : 0,
        .leaves_one = call->leaves_one};
}

static enum fob_status open_seed(const struct mfa_call *call,
                                 const struct device *device,
                                 struct token_seed *seed)
{
    if (!device_is_on_token(device))
        return FOB_OK;
    return call->may_wait
               ? token_seed_open(call->request, device->account, seed)
               : token_seed_open_now(call->request, device->account, seed);
}

/* There is time between the question and the answer. */
static enum fob_status choose_code(struct mfa_call *call, struct device *device,
                                   const struct token_seed *seed,
                                   struct code_choice *choice)
{
    const struct code_choice_source source =
        describe_source(call, device, seed);
    const struct typed_code_device about = {device->serial, call->order->name};
    enum fob_status status =
        code_choice_make(&source, &device->file.ledger,
                         server_clock_now_s(call->endpoint), choice);

    if (status != FOB_OK) {
        report_spent(call, device->serial, choice->wait_s);
        return status;
    }
    if (device->typed == NULL)
        return FOB_OK;
    status = typed_code_get(call->request, &about, device->typed);
    choice->step = fob_otp_step((uint64_t)server_clock_now_s(call->endpoint),
                                source.period_s);
    return status;
}

static enum fob_status attempt_call(struct mfa_call *call,
                                    struct device *device,
                                    struct mfa_sent *sent, uint32_t *wait_s)
{
    struct token_seed seed = {.session.lock = -1};
    struct code_choice choice = {0};
    enum fob_status status =
        server_clock_check(call->endpoint, &call->request->error);

    *sent = (struct mfa_sent){0};
    *wait_s = 0;
    if (status == FOB_OK)
        status = open_seed(call, device, &seed);
    if (status != FOB_OK)
        return status;
    status = choose_code(call, device, &seed, &choice);
    if (status == FOB_OK) {
        sent->attempt.is_outermost = choice.is_outermost;
        status = spend_and_call(call, device, &seed, choice.step, sent);
    } else if (status == FOB_E_SPENT) {
        *wait_s = choice.wait_s;
    }
    token_seed_close(&seed);
    return status;
}

/* What AWS may still take is kept, for a try that follows. */
static void judge_typed(const struct device *device, enum fob_status status,
                        struct mfa_attempt *attempt)
{
    bool is_kept = status != FOB_OK && (attempt->refusal == FOB_REFUSAL_CLOCK ||
                                        attempt->refusal == FOB_REFUSAL_LATER);

    if (device->typed == NULL)
        return;
    if (!is_kept)
        typed_code_drop(device->typed);
    device->typed->was_refused = attempt->refusal == FOB_REFUSAL_CODE;
    attempt->is_retypable = typed_code_may_ask(device->typed);
}

/* FOB_E_AGENT when the caller hung up while AWS was to be given time. */
static enum fob_status decide_retry(struct mfa_call *call,
                                    const struct mfa_attempt *attempt,
                                    struct mfa_retry_budget *budget,
                                    unsigned *tries, bool *is_again)
{
    enum mfa_retry retry = mfa_retry_decide(attempt, budget);

    *is_again = retry == MFA_RETRY_NOW;
    return retry == MFA_RETRY_LATER
               ? backoff_wait(call->request, tries, is_again)
               : FOB_OK;
}

enum fob_status mfa_call_make(struct mfa_call *call, struct device *device,
                              uint32_t *wait_s)
{
    struct mfa_retry_budget budget = {0};
    struct mfa_sent sent;
    unsigned tries = 0;
    bool is_again;
    enum fob_status status, waited;

    do {
        status = attempt_call(call, device, &sent, wait_s);
        judge_typed(device, status, &sent.attempt);
        if (status == FOB_OK || status == FOB_E_SPENT)
            return status;
        waited = decide_retry(call, &sent.attempt, &budget, &tries, &is_again);
        if (waited != FOB_OK)
            return waited;
    } while (is_again);
    call->refusal = sent.attempt.refusal;
    return status;
}
