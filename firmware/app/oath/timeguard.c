/* SPDX-License-Identifier: MIT */
#include "firmware/app/oath/timeguard.h"

/* Seconds that a time is ahead of what is proven; negative when it is not.
 * credential_time_s keeps far from the end of the range. */
static int64_t ahead_s(const struct account *account, uint64_t now_ms,
                       uint64_t after_s)
{
    return (int64_t)(after_s + account->lag_s) - (int64_t)(now_ms / 1000);
}

enum timeguard_reach timeguard_judge(const struct account *account,
                                     uint64_t now_ms, uint64_t after_s)
{
    int64_t ahead = ahead_s(account, now_ms, after_s);

    if (account->is_proven && ahead <= TIMEGUARD_SLACK_S)
        return TIMEGUARD_NEAR;
    return ahead <= TIMEGUARD_LEAP_S ? TIMEGUARD_AHEAD : TIMEGUARD_FAR;
}

uint8_t timeguard_skew_s(const struct account *account, uint64_t now_ms,
                         uint64_t after_s)
{
    int64_t ahead = ahead_s(account, now_ms, after_s);

    return ahead > 0 ? (uint8_t)ahead : 0;
}

uint32_t timeguard_lag_s(const struct account *account, uint64_t now_ms,
                         uint64_t after_s, bool is_proof)
{
    bool is_known = account->has_watermark && account->is_proven;

    if (is_proof && (!is_known || ahead_s(account, now_ms, after_s) > 0))
        return (uint32_t)(now_ms / 1000);
    return (uint32_t)(account->lag_s + after_s);
}
