/* SPDX-License-Identifier: MIT */
#include "host/aws/clock.h"

#include "tests/lib/tap.h"

static const uint64_t DATE_S = 1700000000;
static const int64_t DATE_MS = 1700000000000;

static struct fob_clock learnt(int64_t sent_ms, int64_t received_ms)
{
    struct fob_clock clock = {false, 0, 0};

    fob_clock_learn(&clock, sent_ms, received_ms, DATE_S);
    return clock;
}

static void test_one_reply(void)
{
    struct fob_clock clock = {false, 0, 0};

    tap_ok(fob_clock_offset_ms(&clock) == 0 && !fob_clock_must_tell(&clock),
           "nothing is known at first");
    clock = learnt(DATE_MS + 100, DATE_MS + 300);
    tap_ok(fob_clock_offset_ms(&clock) == 0, "a right clock is left alone");
    clock = learnt(DATE_MS + 90100, DATE_MS + 90300);
    tap_ok(fob_clock_offset_ms(&clock) <= -89100 &&
               fob_clock_offset_ms(&clock) >= -90300,
           "90 s ahead");
    tap_ok(fob_clock_server_s(&clock, DATE_MS + 90200) >= 1700000000 - 1 &&
               fob_clock_server_s(&clock, DATE_MS + 90200) <= 1700000001,
           "and corrected");
    clock = learnt(DATE_MS - 600000, DATE_MS - 599000);
    tap_ok(fob_clock_offset_ms(&clock) >= 599000 &&
               fob_clock_offset_ms(&clock) <= 601000,
           "10 minutes behind");
}

static void test_telling(void)
{
    struct fob_clock clock = learnt(DATE_MS - 29500, DATE_MS - 29000);

    tap_ok(!fob_clock_must_tell(&clock), "29 s are not told");
    clock = learnt(DATE_MS - 32000, DATE_MS - 31000);
    tap_ok(fob_clock_must_tell(&clock), "31 s behind are told");
    clock = learnt(DATE_MS + 32000, DATE_MS + 33000);
    tap_ok(fob_clock_must_tell(&clock), "31 s ahead are told");
    clock = learnt(DATE_MS - 60000, DATE_MS + 1000);
    tap_ok(!fob_clock_must_tell(&clock) && fob_clock_offset_ms(&clock) == 0,
           "a slow reply proves nothing");
}

static void test_several(void)
{
    struct fob_clock clock = learnt(DATE_MS + 90000, DATE_MS + 95000);
    struct fob_clock before = clock;

    fob_clock_learn(&clock, DATE_MS + 91000, DATE_MS + 91100, DATE_S);
    tap_ok(clock.low_ms >= before.low_ms && clock.high_ms <= before.high_ms &&
               clock.high_ms - clock.low_ms < 1200,
           "a faster reply narrows the bounds");
    before = clock;
    fob_clock_learn(&clock, DATE_MS + 90500, DATE_MS + 95000, DATE_S);
    tap_ok(clock.low_ms == before.low_ms && clock.high_ms == before.high_ms,
           "a slower one does not widen them");
    fob_clock_learn(&clock, DATE_MS + 10, DATE_MS + 20, DATE_S);
    tap_ok(fob_clock_offset_ms(&clock) == 0,
           "a clock set right in between is believed");
    before = clock;
    fob_clock_learn(&clock, DATE_MS, DATE_MS, 0);
    fob_clock_learn(&clock, DATE_MS + 1, DATE_MS, DATE_S);
    fob_clock_learn(&clock, DATE_MS, DATE_MS, UINT64_MAX);
    tap_ok(clock.low_ms == before.low_ms && clock.high_ms == before.high_ms,
           "no Date, no order, no sense: nothing is learnt");
}

/* True offsets, delays and fractions at random: the bounds hold the truth. */
static void test_truth(void)
{
    uint32_t state = 1;
    bool good = true;

    for (int i = 0; i < 100000; i++) {
        struct fob_clock clock = {false, 0, 0};
        int64_t part[4], sent, served, received;

        for (int j = 0; j < 4; j++) {
            state = state * 1664525 + 1013904223;
            part[j] = state >> 8;
        }
        sent = DATE_MS + part[0] % 100000;
        served = sent + part[1] % 5000;
        received = served + part[2] % 5000;
        served += part[3] % 2000000 - 1000000;
        fob_clock_learn(&clock, sent, received, (uint64_t)(served / 1000));
        good = good && clock.low_ms <= part[3] % 2000000 - 1000000 &&
               clock.high_ms >= part[3] % 2000000 - 1000000;
    }
    tap_ok(good, "100000 replies: the true offset is within the bounds");
}

static void test_far(void)
{
    const int64_t day_ms = INT64_C(86400000);
    struct fob_clock clock = {false, 0, 0};

    tap_ok(!fob_clock_is_far(&clock), "what is not known is not far");
    clock = learnt(DATE_MS - day_ms + 2000, DATE_MS - day_ms + 2100);
    tap_ok(!fob_clock_is_far(&clock), "a day ahead, less two seconds");
    clock = learnt(DATE_MS - day_ms - 200, DATE_MS - day_ms - 100);
    tap_ok(fob_clock_is_far(&clock), "and a little more than a day");
    clock = learnt(DATE_MS + day_ms + 1200, DATE_MS + day_ms + 1300);
    tap_ok(fob_clock_is_far(&clock), "a day behind");
    clock = learnt(1000, INT64_C(4) * DATE_MS);
    tap_ok(!fob_clock_is_far(&clock), "bounds that tell nothing are not far");
}

int main(void)
{
    test_far();
    test_one_reply();
    test_telling();
    test_several();
    test_truth();
    return tap_done();
}
