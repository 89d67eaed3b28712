/* SPDX-License-Identifier: MIT */
#ifndef FOB_HOST_FLASH_LIMITS_H
#define FOB_HOST_FLASH_LIMITS_H

#include "src/status.h"

/* Give up what writing a board does not need: new privileges, core files,
 * writing files, endless work.  Before anything is read. */
FOB_MUST_CHECK enum fob_status flash_limits_set(void);

#endif
