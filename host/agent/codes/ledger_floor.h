/* SPDX-License-Identifier: MIT */
#ifndef FOB_HOST_AGENT_CODES_LEDGER_FLOOR_H
#define FOB_HOST_AGENT_CODES_LEDGER_FLOOR_H

#include "host/base/error.h"

#include <stdint.h>

/* Enter all codes of now as spent, and those of the next steps that AWS takes:
 * another host, which has the same seed, may have used them.  What `serial`
 * gives from here on is newer than anything that host knew of.  The error is
 * set; nothing of the device is held for longer than it takes. */
FOB_MUST_CHECK enum fob_status ledger_floor_raise(const char *serial,
                                                  uint32_t period_s,
                                                  struct fob_error *error);

#endif
