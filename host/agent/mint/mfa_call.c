/* SPDX-License-Identifier: MIT */
#include "host/agent/mint/mfa_call.h"

#include "host/agent/network/aws_call.h"
#include "host/agent/network/backoff.h"
#include "host/agent/profile/config_command.h"
#include "host/agent/state/server_clock.h"
#include "host/agent/tokens/token_seed.h"
#include "host/aws/refusal.h"
#include "src/otp.h"
#include "src/wipe.h"

#include <stdlib.h>

/* A clock that moved by so much makes a code of another step. */
enum { CLOCK_MOVED_S = 15 };

static enum fob_status make_body(const struct mfa_call *call,
                                 const char *serial, const char *code,
                                 struct fob_secret *body)
{
    const struct mint_order *order = call->order;
    struct fob_sts_role_params role;
    const struct fob_sts_session_params session = {
        .duration_s = order->duration_s, .serial = serial, .code = code};

    if (order->role == NULL)
        return fob_sts_session_request(&session, body, &call->request->error);
    role = order->role->params;
    role.duration_s = order->duration_s;
    role.serial = serial;
    role.code = code;
    return fob_sts_role_request(&role, body, &call->request->error);
}

static bool device_is_on_token(const struct device *device)
{
    return device->account != NULL && device->account->token[0] != '\0';
}

static enum fob_status read_reply(struct mfa_call *call,
                                  const struct device *device,
                                  const struct fob_exchange_reply *reply,
                                  enum fob_refusal *refusal)
{
    const bool is_role = call->order->role != NULL;
    const struct fob_refusal_context context = {
        .action = is_role ? "AssumeRole" : "GetSessionToken",
        .profile = call->order->name,
        .serial = device->serial,
        .access_key_id = call->key->id,
    };
    struct fob_error *error = &call->request->error;

    *refusal = fob_refusal_explain(reply, &context, error);
    if (*refusal != FOB_REFUSAL_NONE)
        return error->status;
    return is_role ? fob_sts_role_reply(reply, call->made, error)
                   : fob_sts_session_reply(reply, call->made, error);
}

/* How one attempt went, beyond its status. */
struct outcome {
    enum fob_refusal refusal;
    bool maybe_sent;
    int64_t moved_s; /* how far the endpoint's clock turned out to be off
                        from what was thought */
    bool is_edge;    /* the code was one of the outermost two */
};

/* What was tried again already. */
struct patience {
    unsigned later;
    unsigned edges;
    bool set_clock;
};

static enum fob_status call_sts(struct mfa_call *call,
                                const struct device *device, const char *code,
                                struct outcome *outcome)
{
    const struct fob_sigv4_key key = {.access_key_id = call->key->id,
                                      .secret = call->key->secret.data,
                                      .secret_len = call->key->secret.len,
                                      .session_token = ""};
    struct fob_secret body = {0};
    const struct aws_call signing = {.endpoint = call->endpoint,
                                     .key = &key,
                                     .body = &body,
                                     .network = &call->order->profile->network};
    struct aws_call_reply reply = {0};
    int64_t thought_s = server_clock_offset_s(call->endpoint->url);
    enum fob_status status = make_body(call, device->serial, code, &body);

    if (status == FOB_OK)
        status = aws_call_send(call->request, &signing, &reply);
    outcome->maybe_sent = reply.maybe_sent;
    if (status == FOB_OK) {
        outcome->moved_s = reply.offset_s - thought_s;
        status = read_reply(call, device, &reply.exchange, &outcome->refusal);
    }
    aws_call_reply_free(&reply);
    fob_secret_free(&body);
    return status;
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

    if (device->account == NULL)
        return config_command_code(call->order->profile, device->process, code,
                                   error);
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

/* The code is entered as spent before it leaves, and only what surely did
 * not leave is taken back: a code used twice is refused, and costs one of
 * few verifications. */
static enum fob_status spend_and_call(struct mfa_call *call,
                                      struct device *device,
                                      struct token_seed *seed, uint64_t step,
                                      struct outcome *outcome)
{
    struct fob_error *error = &call->request->error;
    const struct fob_ledger before = device->file.ledger;
    char code[FOB_CODE_MAX + 1];
    struct fob_error ignored;
    enum fob_status status;

    fob_ledger_spend(&device->file.ledger, step,
                     server_clock_now_s(call->endpoint->url), true);
    status = ledger_file_save(&device->file, error);
    if (status != FOB_OK)
        return status;
    status = make_code(call, device, seed, step, code);
    if (status == FOB_OK)
        status = call_sts(call, device, code, outcome);
    fob_wipe(code, sizeof(code));
    if (status != FOB_OK && !outcome->maybe_sent) {
        device->file.ledger = before;
        (void)!ledger_file_save(&device->file, &ignored);
    }
    return status;
}

static enum fob_status word_spent(struct mfa_call *call, const char *serial,
                                  uint32_t wait_s)
{
    struct fob_error *error = &call->request->error;

    fob_error_set(error, FOB_E_SPENT,
                  "no unused code of %s is left; again in %u s", serial,
                  (unsigned)wait_s);
    fob_error_hint(error, "fob credentials %s --wait", call->order->name);
    return FOB_E_SPENT;
}

/* A foreign device gives the code of the present step and no other. */
static enum fob_status choose(const struct device *device,
                              const struct token_seed *seed, int64_t now_s,
                              uint64_t *step, uint32_t *wait_s)
{
    const struct fob_ledger *ledger = &device->file.ledger;
    enum fob_status status;

    if (device_is_on_token(device) && token_seed_mark(seed) != 0)
        return fob_ledger_choose_above(
            ledger, now_s + device->account->offset_s,
            device->account->otp.period_s, token_seed_mark(seed), step, wait_s);
    if (device->account != NULL)
        return fob_ledger_choose(ledger, now_s + device->account->offset_s,
                                 device->account->otp.period_s, step, wait_s);
    status =
        fob_ledger_choose(ledger, now_s, FOB_PERIOD_S_DEFAULT, step, wait_s);
    if (status == FOB_OK &&
        *step != fob_otp_step((uint64_t)now_s, FOB_PERIOD_S_DEFAULT)) {
        *wait_s =
            FOB_PERIOD_S_DEFAULT - (uint32_t)(now_s % FOB_PERIOD_S_DEFAULT);
        status = FOB_E_SPENT;
    }
    return status;
}

/* The outermost codes are good only if the device's clock is AWS's to the
 * step; the pair that enabled it may have set it one off. */
static bool is_edge(const struct device *device, int64_t now_s, uint64_t step)
{
    uint64_t now;

    if (device->account == NULL)
        return false;
    now = fob_otp_step((uint64_t)(now_s + device->account->offset_s),
                       device->account->otp.period_s);
    return step + 2 == now || step == now + 2;
}

static enum fob_status attempt(struct mfa_call *call, struct device *device,
                               struct outcome *outcome, uint32_t *wait_s)
{
    const int64_t now_s = server_clock_now_s(call->endpoint->url);
    struct token_seed seed = {.session.lock = -1};
    uint64_t step;
    enum fob_status status = FOB_OK;

    *outcome = (struct outcome){0};
    *wait_s = 0;
    if (device_is_on_token(device))
        status =
            call->may_wait
                ? token_seed_open(call->request, device->account, &seed)
                : token_seed_open_now(call->request, device->account, &seed);
    if (status != FOB_OK)
        return status;
    status = choose(device, &seed, now_s, &step, wait_s);
    if (status == FOB_OK) {
        outcome->is_edge = is_edge(device, now_s, step);
        status = spend_and_call(call, device, &seed, step, outcome);
    } else {
        word_spent(call, device->serial, *wait_s);
    }
    token_seed_close(&seed);
    return status;
}

/* Whether what was refused may be tried with another code.  Each reason
 * counts so many times, so that the verifications of a window are not
 * spent on a refusal that stays. */
static bool may_try_again(const struct outcome *outcome,
                          struct patience *patience)
{
    if (outcome->refusal == FOB_REFUSAL_LATER)
        return backoff_wait(&patience->later);
    if (llabs(outcome->moved_s) >= CLOCK_MOVED_S && !patience->set_clock)
        return patience->set_clock = outcome->refusal == FOB_REFUSAL_CODE ||
                                     outcome->refusal == FOB_REFUSAL_CLOCK;
    return outcome->refusal == FOB_REFUSAL_CODE && outcome->is_edge &&
           patience->edges++ == 0;
}

enum fob_status mfa_call_make(struct mfa_call *call, struct device *device,
                              uint32_t *wait_s)
{
    struct patience patience = {0};
    struct outcome outcome;
    enum fob_status status;

    do {
        status = attempt(call, device, &outcome, wait_s);
        if (status == FOB_OK || status == FOB_E_SPENT)
            return status;
    } while (may_try_again(&outcome, &patience));
    call->refusal = outcome.refusal;
    return status;
}
