/* SPDX-License-Identifier: MIT */
#include "host/agent/mint/device_turn.h"

bool device_turn_is_out_of_codes(enum fob_status status)
{
    return status == FOB_E_SPENT || status == FOB_E_TOKEN_ABSENT ||
           status == FOB_E_TOKEN_BLOCKED || status == FOB_E_BUSY;
}

enum device_turn device_turn_next(enum device_turn turn, enum fob_status status,
                                  bool has_account)
{
    if (turn == DEVICE_TURN_OWN && has_account &&
        device_turn_is_out_of_codes(status))
        return DEVICE_TURN_OTHERS;
    if (turn != DEVICE_TURN_OWN_WAIT && status == FOB_E_BUSY)
        return DEVICE_TURN_OWN_WAIT;
    return DEVICE_TURN_END;
}
