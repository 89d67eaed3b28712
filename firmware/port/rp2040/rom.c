/* SPDX-License-Identifier: MIT */
#include "firmware/port/rp2040/rom.h"

/* 2.8.2: halfwords of the ROM that hold addresses. */
enum { ROM_FUNCTION_TABLE = 0x14, ROM_TABLE_LOOKUP = 0x18 };

typedef rom_function *rom_lookup(uint16_t *table, uint32_t code);

/* The compiler takes nothing to be at address 0, so it may not know where. */
static uintptr_t address_at(uintptr_t place)
{
    __asm__("" : "+r"(place));
    return *(const uint16_t *)place;
}

rom_function *rom_find(uint32_t code)
{
    rom_lookup *lookup = (rom_lookup *)address_at(ROM_TABLE_LOOKUP);

    return lookup((uint16_t *)address_at(ROM_FUNCTION_TABLE), code);
}
