/* SPDX-License-Identifier: MIT */
/* Functions of the boot ROM, found by code (2.8.3.1). */
#ifndef FOB_FIRMWARE_PORT_RP2040_ROM_H
#define FOB_FIRMWARE_PORT_RP2040_ROM_H

#include <stdint.h>

/* Two characters, the first in the low byte. */
#define ROM_CODE(a, b) ((uint32_t)(a) | (uint32_t)(b) << 8)

#define ROM_CONNECT_FLASH ROM_CODE('I', 'F')
#define ROM_EXIT_XIP ROM_CODE('E', 'X')
#define ROM_ERASE ROM_CODE('R', 'E')
#define ROM_PROGRAM ROM_CODE('R', 'P')
#define ROM_FLUSH_CACHE ROM_CODE('F', 'C')
#define ROM_ENTER_XIP ROM_CODE('C', 'X')
#define ROM_USB_BOOT ROM_CODE('U', 'B')

typedef void rom_function(void);

/* Never NULL: these are in every version of the ROM. */
rom_function *rom_find(uint32_t code);

#endif
