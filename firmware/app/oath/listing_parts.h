/* SPDX-License-Identifier: MIT */
/* What the parts of a listing are made of. */
#ifndef FOB_FIRMWARE_APP_OATH_LISTING_PARTS_H
#define FOB_FIRMWARE_APP_OATH_LISTING_PARTS_H

#include "firmware/app/oath/call.h"

/* Write a part of the accounts, or of the usage log, from the session's place
 * on.  FOB_E_BUSY: there is more. */
FOB_MUST_CHECK enum fob_status listing_put_accounts(struct call *call);
FOB_MUST_CHECK enum fob_status listing_put_uses(struct call *call);

#endif
