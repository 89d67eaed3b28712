/* SPDX-License-Identifier: MIT */
/* The first page of flash, by which the RP2040's ROM tells whether there is
 * firmware (data sheet, 2.8.1.3.1). */
#ifndef FOB_HOST_FLASH_BOOT2_H
#define FOB_HOST_FLASH_BOOT2_H

#include <stdbool.h>
#include <stdint.h>

enum { BOOT2_LEN = 256 };

/* Whether the ROM would run it: its last 4 bytes are the CRC of the others. */
bool boot2_is_valid(const uint8_t page[BOOT2_LEN]);

#endif
