/* SPDX-License-Identifier: MIT */
#ifndef FOB_HOST_BASE_MONOTONIC_H
#define FOB_HOST_BASE_MONOTONIC_H

#include <stdint.h>

/* Milliseconds that only go forward, for waits and time limits; the wall
 * clock's steps do not touch them. */
int64_t fob_monotonic_ms(void);

/* Seconds that go on while the machine sleeps, so that a closed lid counts. */
int64_t fob_boottime_s(void);

#endif
