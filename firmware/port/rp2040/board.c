/* SPDX-License-Identifier: MIT */
#include "firmware/port/rp2040/board.h"

void board_start(void)
{
    watchdog_start();
    pins_start();
    flash_start();
    random_start();
}
