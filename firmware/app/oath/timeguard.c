/* SPDX-License-Identifier: MIT */
#include "firmware/app/oath/timeguard.h"

static uint64_t latest_s(const struct timeguard *guard, uint64_t now_ms)
{
    return guard->unix_s + (now_ms - guard->at_ms) / 1000;
}

void timeguard_start(struct timeguard *guard, uint64_t unix_s)
{
    if (!guard->has_started && unix_s > 0)
        timeguard_prove(guard, 0, unix_s);
    guard->has_started = true;
}

void timeguard_prove(struct timeguard *guard, uint64_t now_ms, uint64_t unix_s)
{
    if (guard->is_known && unix_s <= latest_s(guard, now_ms))
        return;
    guard->unix_s = unix_s;
    guard->at_ms = now_ms;
    guard->is_known = true;
}

bool timeguard_allows(const struct timeguard *guard, uint64_t now_ms,
                      uint64_t unix_s)
{
    return guard->is_known &&
           (unix_s <= latest_s(guard, now_ms) ||
            unix_s - latest_s(guard, now_ms) <= TIMEGUARD_SLACK_S);
}

uint8_t timeguard_skew_s(const struct timeguard *guard, uint64_t now_ms,
                         uint64_t unix_s)
{
    uint64_t latest = latest_s(guard, now_ms);

    return unix_s > latest ? (uint8_t)(unix_s - latest) : 0;
}

void timeguard_forget(struct timeguard *guard)
{
    guard->is_known = false;
}
