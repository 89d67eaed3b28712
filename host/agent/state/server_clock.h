/* SPDX-License-Identifier: MIT */
/* The clock of each endpoint, kept over runs: what its replies taught. */
#ifndef FOB_HOST_AGENT_STATE_SERVER_CLOCK_H
#define FOB_HOST_AGENT_STATE_SERVER_CLOCK_H

#include "host/aws/clock.h"

#include <stddef.h>

enum { SERVER_CLOCK_FILE_LEN = 21 };

/* Local time, CLOCK_REALTIME. */
int64_t server_clock_local_ms(void);

/* What is known of the clock at `url`; nothing, when nothing can be read. */
void server_clock_read(const char *url, struct fob_clock *clock);

/* The time there, Unix seconds, and what it is ahead of local time. */
int64_t server_clock_now_s(const char *url);
int64_t server_clock_offset_s(const char *url);

/* Learn from a reply, and keep it when it says something new.  Whether the
 * local clock is off by so much that it is to be reported. */
bool server_clock_learn(const char *url, int64_t sent_ms, uint64_t date_s,
                        int64_t *offset_s);

/* The file's content and back; what encode did not write is nothing known. */
size_t server_clock_encode(const struct fob_clock *clock,
                           uint8_t data[static SERVER_CLOCK_FILE_LEN]);
void server_clock_decode(struct fob_clock *clock, const void *data, size_t len);

/* The name of what was learnt last, of whatever endpoint: for codes that a
 * person types. */
extern const char server_clock_last[];

#endif
