/* SPDX-License-Identifier: MIT */
/* LIST, CALCULATE ALL, and what the vendor's listing of accounts adds. */
#include "firmware/app/oath/code.h"
#include "firmware/app/oath/listing.h"
#include "firmware/app/oath/oath.h"
#include "firmware/app/store/usage_log.h"
#include "src/account.h"
#include "src/wipe.h"

#include <string.h>

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
        return named + (listing->truncated ? 2 + 5 : 2 + 1 + FOB_DIGEST_MAX);
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
        .truncated = listing->truncated,
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

static enum fob_status fill_accounts(struct call *call)
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

unsigned listing_go_on(struct call *call)
{
    struct oath_listing *listing = &call->session->listing;
    enum fob_status status = listing->kind == LISTING_USES
                                 ? listing_put_uses(call)
                                 : fill_accounts(call);

    if (status == FOB_E_BUSY)
        return FOB_SW_MORE;
    listing->kind = LISTING_NONE;
    return call_sw(status);
}

static unsigned begin_listing(struct call *call, enum oath_listing_kind kind)
{
    call->session->listing = (struct oath_listing){.kind = kind};
    return listing_go_on(call);
}

unsigned oath_list(struct call *call)
{
    return begin_listing(call, LISTING_NAMES);
}

unsigned vendor_accounts(struct call *call)
{
    return begin_listing(call, LISTING_ACCOUNTS);
}

/* Codes of unguarded accounts leave together and are noted together. */
static enum fob_status note_all(struct call *call)
{
    struct oath_listing *listing = &call->session->listing;
    struct usage use = {.flags = call->over_ccid ? USAGE_CCID : 0};
    struct fob_reader reader;
    enum fob_status status;

    fob_reader_init(&reader, listing->challenge, listing->challenge_len);
    use.value =
        listing->challenge_len == sizeof(use.value) ? fob_get_u64(&reader) : 0;
    if (use.value == call->oath->last_all)
        return FOB_OK;
    status = usage_log_add(&call->oath->store, STORE_NONE, &use);
    if (status == FOB_OK)
        call->oath->last_all = use.value;
    return status;
}

unsigned oath_calculate_all(struct call *call)
{
    static const uint8_t tags[] = {FOB_OATH_TAG_CHALLENGE};
    struct oath_listing *listing = &call->session->listing;
    struct fob_tlv challenge;
    enum fob_status status;

    if (!call_arguments(call, tags, 1, 1, &challenge) || challenge.len == 0 ||
        challenge.len > CALL_CHALLENGE_MAX)
        return FOB_SW_SYNTAX;
    *listing = (struct oath_listing){
        .kind = LISTING_CODES,
        .truncated = call->apdu.p2 == 1,
        .challenge_len = (uint8_t)challenge.len,
    };
    memcpy(listing->challenge, challenge.value, challenge.len);
    status = note_all(call);
    if (status != FOB_OK)
        listing->kind = LISTING_NONE;
    return status == FOB_OK ? listing_go_on(call) : call_sw(status);
}

unsigned oath_send_remaining(struct call *call)
{
    if (call->session->listing.kind == LISTING_NONE)
        return FOB_SW_NO_OBJECT;
    return listing_go_on(call);
}
