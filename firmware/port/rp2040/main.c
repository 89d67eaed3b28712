/* SPDX-License-Identifier: MIT */
#include "board.h"
#include "firmware/bus/bus.h"

/* Short enough for a button and an LED. */
enum { SLEEP_US = 5000 };

static struct fob_bus bus;

int main(void)
{
    board_start();
    fob_bus_init(&bus);
    for (;;)
        if (!fob_bus_turn(&bus))
            board_sleep(SLEEP_US);
}
