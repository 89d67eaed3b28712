/* SPDX-License-Identifier: MIT */
/*
 * A bit is 1.25 us that begin high: for 0.4 us a zero, for 0.8 us a one, each
 * within 0.15 us (WS2812B data sheet).  Interrupts are masked for good, and the
 * code is in RAM, so that turns of a loop tell the time.
 */
#include "firmware/port/rp2040/ws2812.h"

#include "firmware/port/rp2040/board.h"
#include "firmware/port/rp2040/registers.h"

enum {
    GREY = 0x0c0c0c,
    TOP_BIT = 23,
    /* Turns of three cycles at 125 MHz, less what stands around them. */
    TURNS_ZERO = 14,
    TURNS_MORE = 15, /* for which a one stays high for longer */
    TURNS_LOW = 12,
};

static inline __attribute__((always_inline)) void wait_turns(uint32_t turns)
{
    __asm__ volatile(".syntax unified\n"
                     "1: subs %0, #1\n"
                     "bne 1b\n"
                     : "+l"(turns)
                     :
                     : "cc");
}

RAM_CODE static void send_bits(uint32_t bits, uint32_t pin_bit)
{
    for (int at = TOP_BIT; at >= 0; at--) {
        uint32_t is_one = bits >> at & 1;

        reg_write(SIO_GPIO_OUT_SET, pin_bit);
        wait_turns(TURNS_ZERO);
        reg_write(is_one ? SIO_GPIO_OUT_SET : SIO_GPIO_OUT_CLEAR, pin_bit);
        wait_turns(TURNS_MORE);
        reg_write(SIO_GPIO_OUT_CLEAR, pin_bit);
        wait_turns(TURNS_LOW);
    }
}

void ws2812_show(uint32_t pin, bool on)
{
    send_bits(on ? GREY : 0, BIT(pin));
}
