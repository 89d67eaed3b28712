/* SPDX-License-Identifier: MIT */
/* Little-endian numbers, as the chip and its files have them. */
#ifndef FOB_HOST_FLASH_LITTLE_H
#define FOB_HOST_FLASH_LITTLE_H

#include <stdint.h>

static inline uint32_t little_get_u32(const uint8_t bytes[4])
{
    return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
           (uint32_t)bytes[3] << 24;
}

static inline void little_put_u32(uint8_t bytes[4], uint32_t value)
{
    for (int i = 0; i < 4; i++)
        bytes[i] = (uint8_t)(value >> 8 * i);
}

#endif
