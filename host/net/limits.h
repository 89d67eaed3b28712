/* SPDX-License-Identifier: MIT */
/* What fob-net gives up before it reads anything. */
#ifndef FOB_HOST_NET_LIMITS_H
#define FOB_HOST_NET_LIMITS_H

#include "src/status.h"

/* Processor time is bounded for one exchange only. */
enum net_life { NET_LIFE_SHORT, NET_LIFE_LONG };

/* No new privileges, no environment, no core file, and bounds on memory,
 * processor time, files and their size.  FOB_E_FAILED when the machine
 * refuses one. */
FOB_MUST_CHECK enum fob_status net_limits_set(enum net_life life);

#endif
