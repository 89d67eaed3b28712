/* SPDX-License-Identifier: MIT */
#include "host/agent/network/backoff.h"

#include <stdint.h>
#include <sys/random.h>
#include <time.h>

enum { TRIES = 3, FIRST_MS = 500 };

bool backoff_wait(unsigned *tries)
{
    uint16_t random = 0;
    long wait_ms;

    if (*tries >= TRIES)
        return false;
    /* Without randomness all callers wait alike, no worse. */
    (void)!getrandom(&random, sizeof(random), GRND_NONBLOCK);
    wait_ms = (long)FIRST_MS << *tries;
    wait_ms = wait_ms / 2 + wait_ms * random / (UINT16_MAX + 1L);
    nanosleep(&(struct timespec){.tv_sec = wait_ms / 1000,
                                 .tv_nsec = wait_ms % 1000 * 1000000L},
              NULL);
    ++*tries;
    return true;
}
