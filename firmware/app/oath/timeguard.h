/* SPDX-License-Identifier: MIT */
/*
 * What time it can be at most, for one account.  The token has no clock of the
 * day: an account trusts the time of its own codes that a person touched for,
 * or of its first one, and from there on the token's uptime.  A host that asks
 * for codes of the future is ahead of that.  What another account's codes say
 * counts for nothing, for anybody can put one of his own.
 *
 * Times are told by how long they come after the account's watermark, and the
 * proven time by how long before it the token got power: account->lag_s, which
 * is no more than the uptime and the slack.
 */
#ifndef FOB_FIRMWARE_APP_OATH_TIMEGUARD_H
#define FOB_FIRMWARE_APP_OATH_TIMEGUARD_H

#include "firmware/app/store/store.h"

enum {
    /* Five steps: AWS takes two on either side of now, so the proof may lag
     * by two and the request be ahead by two. */
    TIMEGUARD_SLACK_S = 150,
    /* 100 days: a token from the drawer catches up with one touch, and what a
     * stolen one gives is of no use after that. */
    TIMEGUARD_LEAP_S = 100 * 86400,
};

enum timeguard_reach {
    TIMEGUARD_NEAR,  /* it can be that time by now */
    TIMEGUARD_AHEAD, /* only a person can tell */
    TIMEGUARD_FAR,   /* more than one touch answers for */
};

/* How an account with a watermark stands to a time so long after it. */
enum timeguard_reach timeguard_judge(const struct account *account,
                                     uint64_t now_ms, uint64_t after_s);

/* How far a near time is ahead of what is proven, 0 if it is not. */
uint8_t timeguard_skew_s(const struct account *account, uint64_t now_ms,
                         uint64_t after_s);

/* The lag once such a time is the watermark: a proof moves what is known unless
 * it is behind that. */
uint32_t timeguard_lag_s(const struct account *account, uint64_t now_ms,
                         uint64_t after_s, bool is_proof);

#endif
