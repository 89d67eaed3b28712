/* SPDX-License-Identifier: MIT */
#include "firmware/app/oath/code.h"

#include "firmware/app/oath/timeguard.h"
#include "firmware/app/store/usage_log.h"
#include "src/bytes.h"
#include "src/otp.h"
#include "src/wipe.h"

static struct account *account_of(const struct call *call,
                                  const struct code *code)
{
    return &call->oath->store.accounts[code->slot];
}

/* A challenge of another length than a time step's is not counted as time. */
static uint64_t step_of(const struct code *code)
{
    struct fob_reader reader;

    if (code->challenge_len != sizeof(uint64_t))
        return 0;
    fob_reader_init(&reader, code->challenge, code->challenge_len);
    return fob_get_u64(&reader);
}

/* Whoever puts an account has its seed, and needs no code of the token's.  One
 * that was put and left, or whose watermark was taken back, may be another's.
 */
static enum code_verdict judge_first(const struct call *call,
                                     const struct code *code)
{
    return accounts_is_new(&call->oath->store, code->slot) ? CODE_FREE
                                                           : CODE_TOUCH;
}

/* Seconds of a step after the watermark; 0 when there is none. */
static uint64_t after_mark_s(const struct account *account,
                             const struct code *code)
{
    return account->has_watermark
               ? code->time_s -
                     credential_time_s(&code->credential, account->last)
               : 0;
}

static enum code_verdict judge_later(const struct call *call,
                                     const struct code *code)
{
    switch (timeguard_judge(account_of(call, code), call->now_ms,
                            after_mark_s(account_of(call, code), code))) {
    case TIMEGUARD_NEAR:
        return CODE_FREE;
    case TIMEGUARD_AHEAD:
        return CODE_TOUCH;
    default:
        return CODE_REFUSED;
    }
}

static enum code_verdict judge_guarded(const struct call *call,
                                       struct code *code)
{
    const struct account *account = account_of(call, code);

    code->time_s = credential_time_s(&code->credential, code->value);
    if (code->challenge_len != sizeof(uint64_t) || code->time_s == UINT64_MAX)
        return CODE_REFUSED;
    if (!account->has_watermark)
        return judge_first(call, code);
    if (code->value == account->last)
        return CODE_FREE;
    if (code->value < account->last)
        return CODE_REFUSED;
    return judge_later(call, code);
}

enum code_verdict code_judge(const struct call *call, struct code *code)
{
    const struct account *account = account_of(call, code);
    const struct credential *credential = &code->credential;
    enum code_verdict verdict = CODE_FREE;

    if (!credential_is_hotp(credential))
        code->value = step_of(code);
    else
        code->value =
            account->has_watermark ? account->last + 1 : credential->counter;
    if (credential_is_guarded(credential))
        verdict = judge_guarded(call, code);
    if (verdict == CODE_FREE && (credential->properties & CREDENTIAL_TOUCH))
        verdict = CODE_TOUCH;
    return verdict;
}

/* What the use of a guarded account says about its time: a touch, or its
 * first use, proves it; a step within the slack is taken down with its skew,
 * so that untouched uses can never creep ahead. */
enum fob_status code_commit(struct call *call, const struct code *code)
{
    struct account *account = account_of(call, code);
    bool is_guarded = credential_is_guarded(&code->credential);
    uint64_t after_s = is_guarded ? after_mark_s(account, code) : 0;
    bool proves = code->is_touched || !account->has_watermark;
    uint32_t lag_s = timeguard_lag_s(account, call->now_ms, after_s, proves);
    struct usage use = {.value = code->value};
    enum fob_status status;

    if (!credential_is_hotp(&code->credential) && account->has_watermark &&
        code->value == account->last)
        return FOB_OK;
    use.flags = (uint8_t)((code->is_touched ? USAGE_TOUCHED : 0) |
                          (call->is_over_ccid ? USAGE_CCID : 0));
    if (is_guarded && !proves)
        use.skew_s = timeguard_skew_s(account, call->now_ms, after_s);
    status = usage_log_add(&call->oath->store, code->slot, &use);
    if (status == FOB_OK)
        account->lag_s = lag_s;
    return status;
}

static void put_mac(struct call *call, const struct code *code,
                    const uint8_t *mac, size_t mac_len)
{
    struct fob_writer *reply = &call->reply;

    if (code->is_truncated) {
        fob_tlv_put_head(reply, FOB_OATH_TAG_TRUNCATED, 5);
        fob_put_u8(reply, code->credential.digits);
        fob_put_u32(reply, fob_otp_truncate(mac, mac_len));
    } else {
        fob_tlv_put_head(reply, FOB_OATH_TAG_RESPONSE, 1 + mac_len);
        fob_put_u8(reply, code->credential.digits);
        fob_put_bytes(reply, mac, mac_len);
    }
}

void code_put(struct call *call, const struct code *code)
{
    const struct credential *credential = &code->credential;
    const struct fob_digest_kind *kind =
        fob_otp_hash((enum fob_hash)(credential->kind & 0x0f));
    uint8_t mac[FOB_DIGEST_MAX], counter[8];
    struct fob_hmac_key key;
    struct fob_writer writer;

    fob_hmac_key_init(&key, kind, credential->key, credential->key_len);
    fob_writer_init(&writer, counter, sizeof(counter));
    fob_put_u64(&writer, code->value);
    if (credential_is_hotp(credential))
        fob_hmac(&key, counter, sizeof(counter), mac);
    else
        fob_hmac(&key, code->challenge, code->challenge_len, mac);
    put_mac(call, code, mac, kind->digest_len);
    fob_hmac_key_clear(&key);
    fob_wipe(mac, sizeof(mac));
}
