/* SPDX-License-Identifier: MIT */
/* What the one LED says, as a rhythm; docs/hardware.md lists the meanings. */
#ifndef FOB_FIRMWARE_APP_PERIPHERALS_LED_H
#define FOB_FIRMWARE_APP_PERIPHERALS_LED_H

#include <stdint.h>

enum led_sign {
    LED_READY,    /* dark */
    LED_LOCKED,   /* one short blink every two seconds */
    LED_TOUCH,    /* even, twice a second: press the button */
    LED_WORKING,  /* lit */
    LED_IDENTIFY, /* three quick blinks, pause */
    LED_LOST,     /* two blinks every two seconds: reset needed */
};

void led_show(enum led_sign sign, uint64_t now_ms);

#endif
