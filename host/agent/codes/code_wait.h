/* SPDX-License-Identifier: MIT */
/* Waiting for a device's turn, and for an unused code of it. */
#ifndef FOB_HOST_AGENT_CODES_CODE_WAIT_H
#define FOB_HOST_AGENT_CODES_CODE_WAIT_H

#include "host/agent/codes/ledger_file.h"

/* Take the device's lock, as ledger_file_wait does; a caller who `is_brief`,
 * since whoever holds it may be typing, waits a moment only and fails with
 * FOB_E_NOBODY. */
FOB_MUST_CHECK enum fob_status code_wait_turn(struct fob_request *request,
                                              const char *serial, bool is_brief,
                                              struct ledger_file *file);

/* Wait until the code of `wait_s` seconds on has its time at AWS; whoever looks
 * on sees it tick. */
FOB_MUST_CHECK enum fob_status code_wait_unused(struct fob_request *request,
                                                uint32_t wait_s);

#endif
