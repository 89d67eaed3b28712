/* SPDX-License-Identifier: MIT */
/* The YKOATH application: commands to handlers.  docs/protocol.md lists them
 * byte by byte. */
#ifndef FOB_FIRMWARE_APP_OATH_OATH_H
#define FOB_FIRMWARE_APP_OATH_OATH_H

#include "firmware/app/oath/call.h"

/* Mount the store and be as after power-up. */
void oath_state_init(struct oath *oath);

/* Run the command of `call`: a status word, or a call_result. */
unsigned oath_run(struct call *call);

/* Learn what an opened store proves about the time. */
void oath_state_learn_time(struct oath *oath);

/* Make every session authenticate again. */
void oath_state_revoke_sessions(struct oath *oath);

/* Blink for some seconds. */
void oath_state_identify(struct oath *oath, uint64_t now_ms);

/* --- handlers, one for each command --------------------------------------*/

unsigned oath_select(struct call *call);
unsigned oath_set_code(struct call *call);
unsigned oath_validate(struct call *call);
unsigned oath_put(struct call *call);
unsigned oath_delete(struct call *call);
unsigned oath_rename(struct call *call);
unsigned oath_reset(struct call *call);
unsigned oath_calculate(struct call *call);
unsigned oath_list(struct call *call);
unsigned oath_calculate_all(struct call *call);
unsigned oath_send_remaining(struct call *call);

unsigned vendor_info(struct call *call);
unsigned vendor_unseal(struct call *call);
unsigned vendor_set_passphrase(struct call *call);
unsigned vendor_accounts(struct call *call);
unsigned vendor_uses(struct call *call);
unsigned vendor_time_reset(struct call *call);
unsigned vendor_identify(struct call *call);
unsigned vendor_restart(struct call *call);
unsigned vendor_add_entropy(struct call *call);

#endif
