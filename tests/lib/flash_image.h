/* SPDX-License-Identifier: MIT */
/* Firmware that the RP2040's ROM would start, for tests of flashing. */
#ifndef FOB_TESTS_LIB_FLASH_IMAGE_H
#define FOB_TESTS_LIB_FLASH_IMAGE_H

#include "host/flash/little.h"

#include <stdio.h>
#include <string.h>

enum { FLASH_IMAGE_MIN = 512 };

/* `len` bytes: a first page of 0, 1, ... 251 with its checksum, vectors,
 * "fob-firmware VERSION" unless `version` is NULL, and a pattern that differs
 * from page to page. */
__attribute__((unused)) static void flash_image_make(uint8_t *image, size_t len,
                                                     const char *version)
{
    /* CRC-32/MPEG-2 of 0, 1, ... 251 */
    static const uint8_t crc[4] = {0xa8, 0xe2, 0x54, 0xb4};

    for (size_t i = 0; i < len; i++)
        image[i] = (uint8_t)(i + i / 256 * 7);
    for (int i = 0; i < 252; i++)
        image[i] = (uint8_t)i;
    memcpy(image + 252, crc, sizeof crc);
    little_put_u32(image + 256, 0x20002000);
    little_put_u32(image + 260, 0x10000101);
    if (version)
        snprintf((char *)image + 300, 100, "fob-firmware %s", version);
}

/* One block of UF2 for the RP2040 with page `number` of `image`. */
__attribute__((unused)) static void flash_image_block(uint8_t block[512],
                                                      const uint8_t *image,
                                                      uint32_t number,
                                                      uint32_t count)
{
    const uint32_t head[] = {
        0x0a324655, 0x9e5d5157, 0x2000, 0x10000000 + number * 256,
        256,        number,     count,  0xe48bff56};

    memset(block, 0, 512);
    for (int i = 0; i < 8; i++)
        little_put_u32(block + 4 * i, head[i]);
    memcpy(block + 32, image + number * 256, 256);
    little_put_u32(block + 508, 0x0ab16f30);
}

#endif
