/* SPDX-License-Identifier: MIT */
#include "firmware/port/rp2040/deafness.h"

#include "firmware/port/rp2040/board.h"
#include "firmware/port/rp2040/registers.h"
#include "firmware/port/rp2040/usb_registers.h"
#include "firmware/usb/controller.h"

enum {
    QUIET_US = 100000, /* without a frame: a host that resets needs half */
    LOOK_US = 1200,    /* a frame, and some */
    EDGES = 8,         /* that a frame's start has at least */
    AWAY_US = 20000,   /* for a hub to see that the device is gone */
};

static uint32_t lines_now(void)
{
    return reg_read(USB_SIE_STATUS) & USB_SIE_STATUS_LINES;
}

/* A bus that is suspended stands still, and while it resumes as well. */
FLASH_CODE static bool has_traffic(void)
{
    uint32_t start_us = clock_us(), before = lines_now(), edges = 0;

    while (clock_us() - start_us < LOOK_US) {
        uint32_t lines = lines_now();

        edges += lines != before;
        before = lines;
    }
    return edges >= EDGES;
}

/* Until the host resets the bus, which ends all that was under way, nothing
 * that is armed can go out. */
FLASH_CODE static void attach_anew(void)
{
    uint32_t start_us = clock_us();

    reg_set(RESETS_RESET, RESETS_USBCTRL);
    while (clock_us() - start_us < AWAY_US)
        continue;
    reg_clear(RESETS_RESET, RESETS_USBCTRL);
    reg_await(RESETS_DONE, RESETS_USBCTRL);
    fob_controller_attach();
}

void deafness_poll(void)
{
    static uint32_t frame, heard_us;
    static bool is_suspect;
    uint32_t now = reg_read(USB_SOF_RD);
    bool is_new = now != frame;

    if (!is_new && clock_us() - heard_us < QUIET_US)
        return;
    frame = now;
    heard_us = clock_us();
    if (is_new) {
        is_suspect = false;
        return;
    }
    if (!has_traffic()) {
        is_suspect = false;
    } else if (is_suspect) {
        is_suspect = false;
        attach_anew();
    } else {
        is_suspect = true;
    }
}
