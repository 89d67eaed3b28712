/* SPDX-License-Identifier: MIT */
/* Times as a person reads them; programs get RFC 3339 in UTC
 * (host/base/text.h). */
#ifndef FOB_HOST_CLI_UI_LOCAL_TIME_H
#define FOB_HOST_CLI_UI_LOCAL_TIME_H

#include <stdint.h>

enum { LOCAL_TIME_CAP = 48 };

/* "2026-12-01 13:03 CET": to the minute, with the zone's name, or its distance
 * from UTC where it has none. */
void local_time_put(int64_t unix_s, char text[static LOCAL_TIME_CAP]);

#endif
