/* SPDX-License-Identifier: MIT */
/*
 * Server time from the Date of replies, for signatures and codes alike.
 * Pure.  A reply bounds the offset: Date has whole seconds and was set at
 * some moment between sending and receiving.
 */
#ifndef FOB_HOST_AWS_CLOCK_H
#define FOB_HOST_AWS_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

enum { FOB_CLOCK_TOLD_S = 30, FOB_CLOCK_FAR_S = 24 * 60 * 60 };

/* Bounds of server time minus local time; all zero: nothing known. */
struct fob_clock {
    bool known;
    int64_t low_ms;
    int64_t high_ms;
};

/* Learn from one reply: local times before sending and after receiving
 * (CLOCK_REALTIME) and its Date.  A sample that contradicts what is known
 * replaces it (one of the clocks was set); one without a Date, or received
 * before it was sent, changes nothing. */
void fob_clock_learn(struct fob_clock *clock, int64_t sent_ms,
                     int64_t received_ms, uint64_t date_s);

/* What to add to local time: 0 while the local clock may be right, else the
 * middle of the bounds. */
int64_t fob_clock_offset_ms(const struct fob_clock *clock);

/* Server time in seconds for a local time. */
int64_t fob_clock_server_s(const struct fob_clock *clock, int64_t local_ms);

/* Whether the local clock is off by more than FOB_CLOCK_TOLD_S for sure. */
bool fob_clock_must_tell(const struct fob_clock *clock);

/* The same of FOB_CLOCK_FAR_S: codes and signatures of such a time are as good
 * as chosen by the server. */
bool fob_clock_is_far(const struct fob_clock *clock);

#endif
