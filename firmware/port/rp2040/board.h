/* SPDX-License-Identifier: MIT */
/* What the parts of this port do for each other and for main.c. */
#ifndef FOB_FIRMWARE_PORT_RP2040_BOARD_H
#define FOB_FIRMWARE_PORT_RP2040_BOARD_H

#include <stdbool.h>
#include <stdint.h>

/* Code that runs while the flash cannot be read: it lies in RAM, calls only
 * its like and the ROM, and is reached through a pointer-sized jump. */
#define RAM_CODE __attribute__((section(".ram_code"), noinline, long_call))

/* Code that may wait for the flash, of a file that is in RAM otherwise. */
#define FLASH_CODE __attribute__((section(".flash_code"), noinline))

/* Before there is anything in RAM. */
void clocks_start(void);

/* Watchdog, pins, flash and randomness, in this order, once. */
void board_start(void);

void watchdog_start(void);
void pins_start(void);
void flash_start(void);
void random_start(void);

/* Whether the chip is of the steppings B0 or B1, whose USB controller has
 * errata that later ones lack. */
bool chip_is_b0_b1(void);

/* Microseconds, wrapping after 71 minutes. */
uint32_t clock_us(void);

/* Sleep until something happens on USB, or until `us` have passed. */
void board_sleep(uint32_t us);

/* Whether the BOOTSEL button, which sits on the flash's select line, is down;
 * the flash is out of reach for some microseconds. */
bool flash_is_bootsel_down(void);

#endif
