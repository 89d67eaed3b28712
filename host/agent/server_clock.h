/* SPDX-License-Identifier: MIT */
/* The clock of each endpoint, kept over runs: what its replies taught. */
#ifndef FOB_SERVER_CLOCK_H
#define FOB_SERVER_CLOCK_H

#include "host/aws/clock.h"

/* Local time, CLOCK_REALTIME. */
int64_t server_clock_local_ms(void);

/* What is known of the clock at `url`; nothing, when nothing can be read. */
void server_clock_read(const char *url, struct fob_clock *clock);

/* The time there, Unix seconds, and what it is ahead of local time. */
int64_t server_clock_now_s(const char *url);
int64_t server_clock_offset_s(const char *url);

/* Learn from a reply, and keep it when it says something new.  Whether the
 * local clock is off by so much that a person must be told. */
bool server_clock_learn(const char *url, int64_t sent_ms, uint64_t date_s,
                        int64_t *offset_s);

/* The name of what was learnt last, of whatever endpoint: for codes that a
 * person types. */
extern const char server_clock_last[];

#endif
