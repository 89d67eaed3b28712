/* SPDX-License-Identifier: MIT */
/* The token's channels by the order in which INIT handed them out: tests write
 * and read 00000001, 00000002, and so on for numbers that are random. */
#ifndef FOB_TESTS_LIB_CHANNELS_H
#define FOB_TESTS_LIB_CHANNELS_H

#include "src/frame.h"

#include <string.h>

enum {
    CHANNELS_MAX = 64,
    CHANNELS_INIT = 15 /* where INIT's answer has one */
};

static uint32_t channels_given[CHANNELS_MAX];
static uint32_t channels_count;

__attribute__((unused)) static void channels_forget(void)
{
    channels_count = 0;
}

static void channels_put(uint8_t *at, uint32_t channel)
{
    for (int i = 0; i < 4; i++)
        at[i] = (uint8_t)(channel >> (24 - 8 * i));
}

static uint32_t channels_get(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 |
           (uint32_t)at[2] << 8 | at[3];
}

/* A report to the token. */
__attribute__((unused)) static void channels_out(uint8_t *report)
{
    uint32_t place = channels_get(report);

    if (place >= 1 && place <= channels_count)
        channels_put(report, channels_given[place - 1]);
}

/* The same for whoever sees no answers: 00000001 is the first of `handed_out`,
 * and so on. */
__attribute__((unused)) static void
channels_pick(uint8_t *report, const uint32_t *handed_out, uint32_t count)
{
    uint32_t place = channels_get(report);

    if (place >= 1 && place <= count && handed_out[place - 1] != 0)
        channels_put(report, handed_out[place - 1]);
}

__attribute__((unused)) static void channels_count_back(uint8_t *at)
{
    for (uint32_t i = 0; i < channels_count; i++)
        if (channels_get(at) == channels_given[i]) {
            channels_put(at, i + 1);
            return;
        }
}

/* A report from the token. */
__attribute__((unused)) static void channels_in(uint8_t *report)
{
    bool is_new = channels_get(report) == FOB_FRAME_BROADCAST &&
                  report[4] == FOB_FRAME_INIT;

    if (is_new && channels_count < CHANNELS_MAX)
        channels_given[channels_count++] = channels_get(report + CHANNELS_INIT);
    channels_count_back(report);
    if (report[4] == FOB_FRAME_INIT)
        channels_count_back(report + CHANNELS_INIT);
}

#endif
