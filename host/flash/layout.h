/* SPDX-License-Identifier: MIT */
/* The flash of a token's board: firmware/port/rp2040/image.ld. */
#ifndef FOB_HOST_FLASH_LAYOUT_H
#define FOB_HOST_FLASH_LAYOUT_H

#include <stdint.h>

enum {
    LAYOUT_FLASH = 0x10000000, /* where it is in the address space */
    LAYOUT_PAGE = 256,         /* what is written at once */
    LAYOUT_SECTOR = 4096,      /* what is erased at once */
    /* 2 MiB without the last 32 sectors, which hold the accounts. */
    LAYOUT_FIRMWARE_MAX = 480 * LAYOUT_SECTOR,
    LAYOUT_RAM = 0x20000000,
    LAYOUT_RAM_END = 0x20042000,
};

#endif
