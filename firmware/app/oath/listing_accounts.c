/* SPDX-License-Identifier: MIT */
/* Accounts by name, with their codes, or with what the vendor's listing adds.
 */
#include "firmware/app/oath/code.h"
#include "firmware/app/oath/listing_parts.h"
#include "src/account.h"
#include "src/wipe.h"

enum {
    ACCOUNT_FACTS = 20, /* bytes of vendor_accounts' second TLV */
    TAG_ACCOUNT = 0x91,
};

/* Work, in units of 5,000 cycles or so of a Cortex-M0+, with long keys: a part
 * is cut before it would keep the host waiting. */
enum { UNSEALING = 10, PART_WORK = 48 };

static void put_name(struct call *call, const struct credential *credential)
{
    fob_tlv_put(&call->reply, FOB_OATH_TAG_NAME, credential->name,
                credential->name_len);
}

static enum fob_status put_list_entry(struct call *call, struct code *code)
{
    const struct credential *credential = &code->credential;

    fob_tlv_put_head(&call->reply, FOB_OATH_TAG_NAME_LIST,
                     1u + credential->name_len);
    fob_put_u8(&call->reply, credential->kind);
    fob_put_bytes(&call->reply, credential->name, credential->name_len);
    return FOB_OK;
}

/* The challenge counts steps of 30 seconds.  Clients ignore what accounts of
 * another period answer to it and ask again with CALCULATE, so those give a
 * code of zeros: a code of the far future must not leave, nor move a watermark.
 */
static void put_zeros(struct call *call, const struct code *code)
{
    fob_tlv_put_head(&call->reply, FOB_OATH_TAG_TRUNCATED, 5);
    fob_put_u8(&call->reply, code->credential.digits);
    fob_put_u32(&call->reply, 0);
}

/* An older step than the watermark is told like a touch: the client that goes
 * on to ask for the one code learns that it is refused. */
static enum fob_status put_code_entry(struct call *call, struct code *code)
{
    enum code_verdict verdict = code_judge(call, code);
    enum fob_status status = FOB_OK;

    put_name(call, &code->credential);
    if (credential_is_hotp(&code->credential)) {
        fob_tlv_put(&call->reply, FOB_OATH_TAG_NO_RESPONSE,
                    &code->credential.digits, 1);
    } else if (credential_period_s(&code->credential) != CREDENTIAL_PERIOD_S &&
               (code->credential.properties & CREDENTIAL_TOUCH) == 0) {
        put_zeros(call, code);
    } else if (verdict != CODE_FREE) {
        fob_tlv_put(&call->reply, FOB_OATH_TAG_TOUCH, &code->credential.digits,
                    1);
    } else {
        if (credential_is_guarded(&code->credential))
            status = code_commit(call, code);
        if (status == FOB_OK)
            code_put(call, code);
    }
    return status;
}

static enum fob_status put_account_entry(struct call *call, struct code *code)
{
    const struct account *account = &call->oath->store.accounts[code->slot];
    struct fob_writer *reply = &call->reply;

    put_name(call, &code->credential);
    fob_tlv_put_head(reply, TAG_ACCOUNT, ACCOUNT_FACTS);
    fob_put_u32(reply, account->uid);
    fob_put_u8(reply, code->credential.kind);
    fob_put_u8(reply, code->credential.digits);
    fob_put_u8(reply, code->credential.properties);
    fob_put_u8(reply, account->has_watermark);
    fob_put_u64(reply, account->last);
    fob_put_u32(reply, account->uses);
    return FOB_OK;
}

static enum fob_status put_entry(struct call *call, struct code *code)
{
    switch (call->session->listing.kind) {
    case LISTING_NAMES:
        return put_list_entry(call, code);
    case LISTING_CODES:
        return put_code_entry(call, code);
    default:
        return put_account_entry(call, code);
    }
}

/* The most that an entry takes, as far as the index tells: what has to wait
 * need not be unsealed. */
static size_t entry_room(const struct oath_listing *listing,
                         const struct account *account)
{
    size_t named = 2u + account->name_len;

    switch (listing->kind) {
    case LISTING_NAMES:
        return named + 1;
    case LISTING_CODES:
        return named + (listing->is_truncated ? 2 + 5 : 2 + 1 + FOB_DIGEST_MAX);
    default:
        return named + 2 + ACCOUNT_FACTS;
    }
}

static unsigned entry_work(const struct oath_listing *listing,
                           const struct account *account)
{
    static const uint8_t hashing[16] = {
        [FOB_SHA1] = 3, [FOB_SHA256] = 6, [FOB_SHA512] = 21};

    return UNSEALING +
           (listing->kind == LISTING_CODES ? hashing[account->kind & 0x0f] : 0);
}

/* Whether the account's entry has to wait for the next part, which begins with
 * it. */
static bool is_for_later(const struct call *call, const struct account *account,
                         unsigned work)
{
    const struct oath_listing *listing = &call->session->listing;

    return work > 0 &&
           (entry_room(listing, account) > call->reply.cap - call->reply.len ||
            work + entry_work(listing, account) > PART_WORK);
}

/* Write the entry of one slot.  FOB_E_BUSY: it has to wait for the next part;
 * FOB_E_NOT_FOUND: the slot has none. */
static enum fob_status visit_slot(struct call *call, int slot, unsigned *work)
{
    const struct oath_listing *listing = &call->session->listing;
    const struct account *account = &call->oath->store.accounts[slot];
    struct code code = {
        .slot = slot,
        .is_truncated = listing->is_truncated,
        .challenge = listing->challenge,
        .challenge_len = listing->challenge_len,
    };
    enum fob_status status;

    if (account->uid == 0)
        return FOB_E_NOT_FOUND;
    if (is_for_later(call, account, *work))
        return FOB_E_BUSY;
    *work += entry_work(listing, account);
    if (accounts_open(&call->oath->store, slot, &code.credential) != FOB_OK)
        return FOB_E_NOT_FOUND;
    status = put_entry(call, &code);
    fob_wipe(&code, sizeof(code));
    return status;
}

enum fob_status listing_put_accounts(struct call *call)
{
    struct oath_listing *listing = &call->session->listing;
    unsigned work = 0;

    for (; listing->next < STORE_ACCOUNTS_MAX; listing->next++) {
        enum fob_status status = visit_slot(call, (int)listing->next, &work);

        if (status != FOB_OK && status != FOB_E_NOT_FOUND)
            return status;
    }
    return FOB_OK;
}
