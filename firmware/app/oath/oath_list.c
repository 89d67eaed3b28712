/* SPDX-License-Identifier: MIT */
/* LIST, CALCULATE ALL, SEND REMAINING, and the vendor's listings. */
#include "firmware/app/oath/listing.h"
#include "firmware/app/oath/oath_handlers.h"
#include "firmware/app/store/usage_log.h"
#include "src/bytes.h"

#include <string.h>

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
    struct usage use = {.flags = call->is_over_ccid ? USAGE_CCID : 0};
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
        .is_truncated = call->apdu.p2 == 1,
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

unsigned vendor_uses(struct call *call)
{
    struct oath_listing *listing = &call->session->listing;
    struct fob_reader reader;

    *listing = (struct oath_listing){.kind = LISTING_USES};
    if (call->apdu.data_len == 0)
        return listing_go_on(call);
    fob_reader_init(&reader, call->apdu.data, call->apdu.data_len);
    listing->since = fob_get_u32(&reader);
    return fob_reader_end(&reader) == FOB_OK ? listing_go_on(call)
                                             : FOB_SW_SYNTAX;
}
