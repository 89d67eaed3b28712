/* SPDX-License-Identifier: MIT */
#include "firmware/port/rp2040/board.h"

#include "firmware/port/rp2040/registers.h"

bool chip_is_b0_b1(void)
{
    return reg_read(SYSINFO_CHIP_ID) >> SYSINFO_REVISION_AT == SYSINFO_B0_B1;
}

void board_start(void)
{
    watchdog_start();
    pins_start();
    flash_start();
    random_start();
}
