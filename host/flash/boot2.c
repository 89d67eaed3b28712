/* SPDX-License-Identifier: MIT */
#include "host/flash/boot2.h"

#include "host/flash/little.h"

enum { CRC_AT = BOOT2_LEN - 4 };

/* Polynomial 04C11DB7, nothing reflected, no final xor. */
static uint32_t crc_of(const uint8_t *bytes, int len)
{
    uint32_t crc = UINT32_MAX;

    for (int i = 0; i < len; i++) {
        crc ^= (uint32_t)bytes[i] << 24;
        for (int bit = 0; bit < 8; bit++)
            crc = crc << 1 ^ (crc >> 31 ? UINT32_C(0x04c11db7) : 0);
    }
    return crc;
}

bool boot2_is_valid(const uint8_t page[BOOT2_LEN])
{
    return crc_of(page, CRC_AT) == little_get_u32(page + CRC_AT);
}
