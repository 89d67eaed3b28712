/* SPDX-License-Identifier: MIT */
/* Which device is asked next when one gives no code.  Pure. */
#ifndef FOB_HOST_AGENT_MINT_DEVICE_TURN_H
#define FOB_HOST_AGENT_MINT_DEVICE_TURN_H

#include "src/status.h"

#include <stdbool.h>

enum device_turn {
    DEVICE_TURN_OWN,      /* the profile's device, at once or not at all */
    DEVICE_TURN_OTHERS,   /* others of the same user, each at once */
    DEVICE_TURN_OWN_WAIT, /* the profile's again: wait for its token */
    DEVICE_TURN_END,
};

/* Why another device may be tried: codes are used up, or on a token that is
 * elsewhere, refuses, or waits for somebody else's touch. */
bool device_turn_is_out_of_codes(enum fob_status status);

/* What follows `turn`, which ended with `status`; others are known only of a
 * device whose seed has an account. */
enum device_turn device_turn_next(enum device_turn turn, enum fob_status status,
                                  bool has_account);

#endif
