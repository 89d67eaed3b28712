/* SPDX-License-Identifier: MIT */
#include "firmware/bus/bus.h"
#include "firmware/port/rp2040/board.h"
#include "firmware/port/rp2040/deafness.h"
#include "firmware/port/rp2040/enumeration.h"

/* Short enough for a button and an LED. */
enum { SLEEP_US = 5000 };

static struct fob_bus bus;

int main(void)
{
    board_start();
    fob_bus_init(&bus);
    for (;;) {
        bool worked = fob_bus_turn(&bus);

        deafness_poll();
        if (!enumeration_poll() && !worked)
            board_sleep(SLEEP_US);
    }
}
