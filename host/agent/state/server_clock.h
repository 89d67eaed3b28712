/* SPDX-License-Identifier: MIT */
/*
 * The clock of each endpoint, kept over runs: what its replies taught.  An
 * endpoint is its URL and what vouched for it, and its clock serves calls to
 * it alone.  One that is more than a day off serves nothing without a person's
 * word (fob_endpoint.may_be_far).
 */
#ifndef FOB_HOST_AGENT_STATE_SERVER_CLOCK_H
#define FOB_HOST_AGENT_STATE_SERVER_CLOCK_H

#include "host/aws/clock.h"
#include "host/aws/endpoint.h"

/* Local time, CLOCK_REALTIME. */
int64_t server_clock_local_ms(void);

/* The time there, Unix seconds, and what it is ahead of local time; both local
 * for a clock that is far off. */
int64_t server_clock_now_s(const struct fob_endpoint *endpoint);
int64_t server_clock_offset_s(const struct fob_endpoint *endpoint);

/* FOB_E_NOBODY, with the error set, for a clock that is far off: nothing may
 * be signed, and no code made, for it. */
FOB_MUST_CHECK enum fob_status
server_clock_check(const struct fob_endpoint *endpoint,
                   struct fob_error *error);

/* Learn from a reply, and keep it when it says something new.  Whether the
 * local clock is off by so much that it is to be reported; *offset_s is what
 * the reply says, however far. */
bool server_clock_learn(const struct fob_endpoint *endpoint, int64_t sent_ms,
                        uint64_t date_s, int64_t *offset_s);

/* What a clock is ahead of local time, rounded. */
int64_t server_clock_round_s(const struct fob_clock *clock);

#endif
