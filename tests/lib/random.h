/* SPDX-License-Identifier: MIT */
/* Random input that can be had again: SEED=n in the environment, else a new
 * seed each time, told as a comment. */
#ifndef FOB_TESTS_LIB_RANDOM_H
#define FOB_TESTS_LIB_RANDOM_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static uint64_t random_state;

__attribute__((unused)) static void random_seed(void)
{
    const char *seed = getenv("SEED");
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    random_state = seed != NULL ? strtoull(seed, NULL, 10)
                                : (uint64_t)now.tv_sec * 1000000007 +
                                      (uint64_t)now.tv_nsec;
    printf("# SEED=%llu\n", (unsigned long long)random_state);
}

/* SplitMix64 (Steele, Lea and Flood, 2014). */
__attribute__((unused)) static uint64_t random_u64(void)
{
    uint64_t z = random_state += 0x9e3779b97f4a7c15;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

/* A number from 0 to limit - 1. */
__attribute__((unused)) static size_t random_below(size_t limit)
{
    return (size_t)(random_u64() % limit);
}

__attribute__((unused)) static void random_fill(void *data, size_t len)
{
    uint8_t *bytes = data;

    for (size_t i = 0; i < len; i++)
        bytes[i] = (uint8_t)random_u64();
}

#endif
