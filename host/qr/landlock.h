/* SPDX-License-Identifier: MIT */
#ifndef FOB_HOST_QR_LANDLOCK_H
#define FOB_HOST_QR_LANDLOCK_H

#include "src/status.h"

/* Deny this process every access that the kernel's Landlock can deny.
 * FOB_E_UNSUPPORTED when the kernel has none, or has it turned off. */
FOB_MUST_CHECK enum fob_status fob_landlock_deny_all(void);

#endif
