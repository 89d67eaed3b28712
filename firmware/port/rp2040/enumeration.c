/* SPDX-License-Identifier: MIT */
#include "firmware/port/rp2040/enumeration.h"

#include "firmware/port/rp2040/board.h"
#include "firmware/port/rp2040/registers.h"
#include "firmware/port/rp2040/usb_registers.h"

/* The one pin that can stand in for the bus' D+; D- reads low unless another
 * pin is made to stand in for it.  It is the button's as well, which loses
 * nothing: the pin is not driven, and for a millisecond reads as up. */
enum { PIN_DP = 15 };

enum { HOLD_US = 1000, LIMIT_US = 5000 };

enum state { DONE, IN_RESET, HOLDING };

static enum state state;
static uint32_t held_us; /* since when */

void enumeration_start(void)
{
    if (chip_is_b0_b1())
        state = IN_RESET;
}

/* Full speed is idle with D+ high and D- low (USB 2.0, table 7-2).  The
 * pull-up has to be kept by hand: the host must not take this for a device
 * that is pulled out. */
static void show_idle_bus(void)
{
    reg_write(IO_BANK0_CTRL(PIN_DP),
              IO_FUNCTION_USB_DP | IO_OUTPUT_DISABLE | IO_INPUT_HIGH);
    reg_set(USB_PHY_DIRECT, USB_PHY_DP_PULL_UP);
    reg_set(USB_PHY_OVERRIDE, USB_PHY_OVERRIDE_DP_PULL_UP);
    reg_write(USB_MUXING, USB_MUXING_TO_PADS | USB_MUXING_SOFTCON);
    held_us = clock_us();
    state = HOLDING;
}

static void show_real_bus(void)
{
    reg_write(USB_MUXING, USB_MUXING_TO_PHY | USB_MUXING_SOFTCON);
    reg_clear(USB_PHY_OVERRIDE, USB_PHY_OVERRIDE_DP_PULL_UP);
    reg_write(IO_BANK0_CTRL(PIN_DP), IO_FUNCTION_SIO);
    state = DONE;
}

static bool has_seen_it(void)
{
    uint32_t waited_us = clock_us() - held_us;

    return waited_us >= HOLD_US &&
           ((reg_read(USB_SIE_STATUS) & USB_SIE_STATUS_CONNECTED) != 0 ||
            waited_us >= LIMIT_US);
}

bool enumeration_poll(void)
{
    uint32_t lines = reg_read(USB_SIE_STATUS) & USB_SIE_STATUS_LINES;

    if (state == IN_RESET && lines != 0)
        show_idle_bus();
    else if (state == HOLDING && has_seen_it())
        show_real_bus();
    return state != DONE;
}
