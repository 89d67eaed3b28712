/* SPDX-License-Identifier: MIT */
/* The token behind a fake library, and what goes wrong before it is asked. */
#ifndef FOB_TESTS_FAKE_TOKEN_H
#define FOB_TESTS_FAKE_TOKEN_H

#include "tests/fake/fake.h"
#include "tests/lib/fixture.h"

__attribute__((visibility("default"))) struct fake fake;

/* Whether this call is the one that goes wrong. */
static bool fake_goes_wrong(void)
{
    return fake.calls++ == fake.fails_at;
}

static void fake_opened(void)
{
    if (!fixture_finger) {
        fixture_open();
        memcpy(sim_board.unique_id, "fobsim\0\1", 8);
        fixture_finger = true;
    }
    fake.open++;
}

static void fake_closed(void)
{
    if (--fake.open == 0)
        sem_post(&fake.is_over);
}

#endif
