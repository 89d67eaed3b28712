/* SPDX-License-Identifier: MIT */
#ifndef FOB_HOST_AGENT_NETWORK_BACKOFF_H
#define FOB_HOST_AGENT_NETWORK_BACKOFF_H

#include <stdbool.h>

/* After AWS said "later": count one more try and wait, with jitter, about
 * half a second, then one, then two.  false, at once, when it was enough. */
bool backoff_wait(unsigned *tries);

#endif
