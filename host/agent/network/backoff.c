/* SPDX-License-Identifier: MIT */
#include "host/agent/network/backoff.h"

#include <sys/random.h>

enum { TRIES = 3, FIRST_MS = 500 };

/* Without randomness all callers wait alike, no worse. */
static int find_pause(unsigned tries)
{
    uint16_t random = 0;
    long wait_ms = (long)FIRST_MS << tries;

    (void)!getrandom(&random, sizeof(random), GRND_NONBLOCK);
    return (int)(wait_ms / 2 + wait_ms * random / (UINT16_MAX + 1L));
}

enum fob_status backoff_wait(struct fob_request *request, unsigned *tries,
                             bool *may_try)
{
    enum fob_status status = FOB_OK;

    *may_try = false;
    if (*tries >= TRIES)
        return FOB_OK;
    status = request_wait(request, find_pause(*tries));
    ++*tries;
    *may_try = status == FOB_OK;
    return status;
}
