/* SPDX-License-Identifier: MIT */
/*
 * What time it can be at most.  The token has no clock of the day: it trusts
 * the time of a code that a person touched for, or the first one it ever made
 * for a guarded account, and from there on its own uptime.  A host that asks
 * for codes of the future is ahead of that.
 */
#ifndef FOB_FIRMWARE_APP_OATH_TIMEGUARD_H
#define FOB_FIRMWARE_APP_OATH_TIMEGUARD_H

#include <stdbool.h>
#include <stdint.h>

enum {
    /* Five steps: AWS takes two on either side of now, so the proof may lag
     * by two and the request be ahead by two. */
    TIMEGUARD_SLACK_S = 150,
};

struct timeguard {
    uint64_t unix_s; /* proven at at_ms */
    uint64_t at_ms;
    bool is_known;
    bool has_started;
};

/* Take over what earlier power-ups proved, 0 for nothing; only the first call
 * counts. */
void timeguard_start(struct timeguard *guard, uint64_t unix_s);

/* Take a time as proven; one before what is known changes nothing. */
void timeguard_prove(struct timeguard *guard, uint64_t now_ms, uint64_t unix_s);

/* Whether it can be that time by now. */
bool timeguard_allows(const struct timeguard *guard, uint64_t now_ms,
                      uint64_t unix_s);

/* How far an allowed time is ahead of what is proven, 0 if it is not. */
uint8_t timeguard_skew_s(const struct timeguard *guard, uint64_t now_ms,
                         uint64_t unix_s);

/* Trust nothing that was known. */
void timeguard_forget(struct timeguard *guard);

#endif
