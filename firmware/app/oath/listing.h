/* SPDX-License-Identifier: MIT */
/*
 * Answers as long as there are accounts or uses, in parts: each is made when
 * it is asked for, so that no listing needs memory of its own, and holds what
 * fits and what can be made in good time, which may be nothing.
 */
#ifndef FOB_FIRMWARE_APP_OATH_LISTING_H
#define FOB_FIRMWARE_APP_OATH_LISTING_H

#include "firmware/app/oath/call.h"

/* Answer with the next part of the session's listing. */
unsigned listing_go_on(struct call *call);

#endif
