/* SPDX-License-Identifier: MIT */
#include "firmware/app/peripherals/led.h"

#include "firmware/port/port.h"

enum { SLOT_MS = 125, SLOTS = 16 };

/* Sixteen slots of two seconds, the lowest bit first. */
static const uint16_t led_rhythms[] = {
    [LED_READY] = 0x0000,   [LED_LOCKED] = 0x0001,   [LED_TOUCH] = 0x3333,
    [LED_WORKING] = 0xffff, [LED_IDENTIFY] = 0x1515, [LED_LOST] = 0x0005,
};

void led_show(enum led_sign sign, uint64_t now_ms)
{
    /* 32 bits divide four times as fast: a rhythm trips in 49 days. */
    unsigned slot = (uint32_t)now_ms / SLOT_MS % SLOTS;

    fob_port_led_set((led_rhythms[sign] >> slot & 1) != 0);
}
