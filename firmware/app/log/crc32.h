/* SPDX-License-Identifier: MIT */
/* The CRC of ISO 3309 (zlib's): tells torn flash from whole, no more. */
#ifndef FOB_FIRMWARE_APP_LOG_CRC32_H
#define FOB_FIRMWARE_APP_LOG_CRC32_H

#include <stddef.h>
#include <stdint.h>

/* Go on from the CRC of what stood before; 0 to begin. */
uint32_t crc32_update(uint32_t crc, const void *data, size_t len);

#endif
