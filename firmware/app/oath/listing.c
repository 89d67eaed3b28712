/* SPDX-License-Identifier: MIT */
#include "firmware/app/oath/listing.h"

#include "firmware/app/oath/listing_parts.h"

unsigned listing_go_on(struct call *call)
{
    struct oath_listing *listing = &call->session->listing;
    enum fob_status status = listing->kind == LISTING_USES
                                 ? listing_put_uses(call)
                                 : listing_put_accounts(call);

    if (status == FOB_E_BUSY)
        return FOB_SW_MORE;
    listing->kind = LISTING_NONE;
    return call_sw(status);
}
