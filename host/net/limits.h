/* SPDX-License-Identifier: MIT */
/* What fob-net gives up before it reads anything. */
#ifndef FOB_NET_LIMITS_H
#define FOB_NET_LIMITS_H

#include "src/status.h"

/* No new privileges, no environment, no core file, and bounds on memory,
 * processor time, files and their size.  FOB_E_FAILED when the machine
 * refuses one. */
FOB_MUST_CHECK enum fob_status net_limits_set(void);

#endif
