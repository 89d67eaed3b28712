/* SPDX-License-Identifier: MIT */
/* The commands of the application, one handler each: a status word, or a
 * call_result. */
#ifndef FOB_FIRMWARE_APP_OATH_OATH_HANDLERS_H
#define FOB_FIRMWARE_APP_OATH_OATH_HANDLERS_H

#include "firmware/app/oath/call.h"

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
