/* SPDX-License-Identifier: MIT */
/* An LED of the kind WS2812, which takes its colour over one wire: green, red
 * and blue, eight bits each, the highest first. */
#ifndef FOB_FIRMWARE_PORT_RP2040_WS2812_H
#define FOB_FIRMWARE_PORT_RP2040_WS2812_H

#include <stdbool.h>
#include <stdint.h>

/* Lit, in a white that does not dazzle, or dark; 30 us at an output that is
 * low, and again not before 300 us later. */
void ws2812_show(uint32_t pin, bool on);

#endif
