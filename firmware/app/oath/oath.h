/* SPDX-License-Identifier: MIT */
/* The YKOATH application: commands to handlers.  docs/protocol.md lists them
 * byte by byte. */
#ifndef FOB_FIRMWARE_APP_OATH_OATH_H
#define FOB_FIRMWARE_APP_OATH_OATH_H

#include "firmware/app/oath/call.h"

/* Run the command of `call`: a status word, or a call_result. */
unsigned oath_run(struct call *call);

#endif
