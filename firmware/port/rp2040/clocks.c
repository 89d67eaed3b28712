/* SPDX-License-Identifier: MIT */
/* From the crystal's 12 MHz: 125 MHz for the processor, 48 MHz for USB. */
#include "firmware/port/rp2040/board.h"
#include "firmware/port/rp2040/registers.h"

enum {
    XOSC_MHZ = 12,
    /* In units of 256 crystal cycles (2.16.3).  A Pico's takes 6 ms, and there
     * are boards whose makers ask for ten times as much. */
    XOSC_STARTUP_MS = 64,
    XOSC_STARTUP_DELAY = (XOSC_MHZ * 1000 * XOSC_STARTUP_MS + 128) / 256,
};

/* 12 MHz * feedback / (divider 1 * divider 2); the product before division
 * lies between 750 and 1600 MHz (2.18.2). */
struct pll {
    uint32_t base;
    uint32_t feedback;
    uint32_t divider1;
    uint32_t divider2;
};

static const struct pll pll_sys = {PLL_SYS, 125, 6, 2};
static const struct pll pll_usb = {PLL_USB, 100, 5, 5};

static void release_blocks(uint32_t blocks)
{
    reg_clear(RESETS_RESET, blocks);
    reg_await(RESETS_DONE, blocks);
}

static void start_crystal(void)
{
    reg_write(XOSC_STARTUP, XOSC_STARTUP_DELAY);
    reg_write(XOSC_CTRL, XOSC_CTRL_RANGE_1_15MHZ | XOSC_CTRL_ENABLE);
    reg_await(XOSC_STATUS, XOSC_STATUS_STABLE);
}

/* The order of 2.18.3: oscillator, lock, then the dividers after it. */
static void start_pll(const struct pll *pll)
{
    reg_write(pll->base + PLL_CS, 1);
    reg_write(pll->base + PLL_FBDIV, pll->feedback);
    reg_clear(pll->base + PLL_PWR, PLL_PWR_PD | PLL_PWR_VCO);
    reg_await(pll->base + PLL_CS, PLL_CS_LOCK);
    reg_write(pll->base + PLL_PRIM, pll->divider1 << PLL_PRIM_DIV1_AT |
                                        pll->divider2 << PLL_PRIM_DIV2_AT);
    reg_clear(pll->base + PLL_PWR, PLL_PWR_POSTDIV);
}

/* 2.15.3.2: glitchless multiplexers tell in one-hot what they have chosen. */
static void select_source(uint32_t control, uint32_t selected, uint32_t source)
{
    reg_write(control, source);
    reg_await(selected, BIT(source));
}

/* The auxiliary source of both clocks is, by reset, the PLL made for it. */
void clocks_start(void)
{
    start_crystal();
    select_source(CLK_REF_CTRL, CLK_REF_SELECTED, CLK_REF_SRC_XOSC);
    select_source(CLK_SYS_CTRL, CLK_SYS_SELECTED, 0);
    release_blocks(RESETS_PLL_SYS | RESETS_PLL_USB);
    start_pll(&pll_sys);
    start_pll(&pll_usb);
    select_source(CLK_SYS_CTRL, CLK_SYS_SELECTED, CLK_SYS_SRC_AUX);
    reg_write(CLK_USB_CTRL, CLK_CTRL_ENABLE);
    reg_write(WATCHDOG_TICK, WATCHDOG_TICK_ENABLE | XOSC_MHZ);
    release_blocks(RESETS_TIMER | RESETS_IO_BANK0 | RESETS_PADS_BANK0 |
                   RESETS_USBCTRL);
}
