/* SPDX-License-Identifier: MIT */
/* The watchdog, and the ways to start again (4.7, 2.8.1). */
#include "firmware/port/port.h"
#include "firmware/port/rp2040/board.h"
#include "firmware/port/rp2040/registers.h"
#include "firmware/port/rp2040/rom.h"
#include "firmware/port/rp2040/start.h"

enum {
    LIMIT_MS = 4000,
    TICKS_PER_MS = 2000, /* erratum E1: it counts two down each microsecond */
};

/* Scratch registers forget at power-on only, so this tells a debugger's
 * reset, which leaves no other trace, from power arriving. */
#define STARTED_BEFORE UINT32_C(0x666f6221)

static bool is_cold;

void watchdog_start(void)
{
    is_cold = (reg_read(CHIP_RESET) & CHIP_RESET_HAD_POR) != 0 &&
              reg_read(WATCHDOG_REASON) == 0 &&
              reg_read(WATCHDOG_SCRATCH0) != STARTED_BEFORE;
    reg_write(WATCHDOG_SCRATCH0, STARTED_BEFORE);
    reg_write(PSM_WDSEL, PSM_WDSEL_ALL);
    fob_port_watchdog_kick();
    reg_set(WATCHDOG_CTRL, WATCHDOG_CTRL_ENABLE);
}

bool fob_port_is_cold_start(void)
{
    return is_cold;
}

void fob_port_watchdog_kick(void)
{
    reg_write(WATCHDOG_LOAD, LIMIT_MS * TICKS_PER_MS);
}

void watchdog_trigger(void)
{
    reg_set(WATCHDOG_CTRL, WATCHDOG_CTRL_TRIGGER);
    for (;;)
        continue;
}

void fob_port_reboot(void)
{
    start_over(watchdog_trigger);
}

/* Without an activity LED, and with both of the loader's interfaces. */
static void run_boot_loader(void)
{
    void (*usb_boot)(uint32_t, uint32_t) =
        (void (*)(uint32_t, uint32_t))rom_find(ROM_USB_BOOT);

    reg_clear(WATCHDOG_CTRL, WATCHDOG_CTRL_ENABLE);
    usb_boot(0, 0);
}

void fob_port_enter_boot_loader(void)
{
    start_over(run_boot_loader);
}
