/* SPDX-License-Identifier: MIT */
#include "host/aws/clock.h"

enum { MS = 1000, DATE_RESOLUTION_MS = 1000 };

/* The last second of year 9999; a Date beyond is no date. */
static const uint64_t DATE_MAX_S = 253402300799;

static int64_t max_of(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t min_of(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

void fob_clock_learn(struct fob_clock *clock, int64_t sent_ms,
                     int64_t received_ms, uint64_t date_s)
{
    int64_t low, high, date_ms;

    if (date_s == 0 || date_s > DATE_MAX_S || received_ms < sent_ms)
        return;
    date_ms = (int64_t)date_s * MS;
    low = date_ms - received_ms;
    high = date_ms + (DATE_RESOLUTION_MS - 1) - sent_ms;
    if (clock->known &&
        max_of(low, clock->low_ms) <= min_of(high, clock->high_ms)) {
        low = max_of(low, clock->low_ms);
        high = min_of(high, clock->high_ms);
    }
    *clock = (struct fob_clock){true, low, high};
}

int64_t fob_clock_offset_ms(const struct fob_clock *clock)
{
    if (!clock->known || (clock->low_ms <= 0 && clock->high_ms >= 0))
        return 0;
    return clock->low_ms + (clock->high_ms - clock->low_ms) / 2;
}

int64_t fob_clock_server_s(const struct fob_clock *clock, int64_t local_ms)
{
    return (local_ms + fob_clock_offset_ms(clock)) / MS;
}

static bool is_off_by(const struct fob_clock *clock, int64_t off_s)
{
    return clock->known &&
           (clock->low_ms > off_s * MS || clock->high_ms < -off_s * MS);
}

bool fob_clock_must_tell(const struct fob_clock *clock)
{
    return is_off_by(clock, FOB_CLOCK_TOLD_S);
}

bool fob_clock_is_far(const struct fob_clock *clock)
{
    return is_off_by(clock, FOB_CLOCK_FAR_S);
}
