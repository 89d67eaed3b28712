/* SPDX-License-Identifier: MIT */
/* hidapi going wrong at each call, with a fob token behind it. */
#include "host/base/monotonic.h"
#include "tests/lib/faults.h"

#include <limits.h>

/* In the place of host/base/monotonic.c: silence takes no time. */
int64_t fob_monotonic_ms(void)
{
    return faults->now_ms;
}

static void test_list(void)
{
    struct fob_token_locations locations = {0};

    fob_token_hid.list(&locations);
    tap_ok(locations.count == 1 && locations.fob_trouble == NULL &&
               strcmp(locations.location[0].serial, "666f6273696d0001") == 0,
           "the token is listed, the keyboard is not");
    tap_ok(faults->open == 0, "and the list is freed");
}

int main(void)
{
    if (fob_secret_start() != FOB_OK)
        return 1;
    faults_find("libhidapi-hidraw.so.0");
    test_list();
    /* The last call, a goodbye that nobody waits for, may fail. */
    faults_try(&fob_token_hid, FAKE_FAILS, 1, "a fault");
    tap_ok(faults->now_ms == 0, "each fault is told at once");
    faults_try(&fob_token_hid, FAKE_LATE, INT_MAX, "nothing in time");
    faults_try(&fob_token_hid, FAKE_SHORT, 2, "a part"); /* of the listing */
    /* Command, length, the first bytes of the message. */
    for (faults->place = 4; faults->place < 10; faults->place++)
        faults_try(&fob_token_hid, FAKE_FLIPS, INT_MAX, "a flipped byte");
    return tap_done();
}
