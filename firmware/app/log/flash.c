/* SPDX-License-Identifier: MIT */
#include "firmware/app/log/flash.h"

#include <string.h>

enum { CHUNK = 32 };

/* Bytes from `offset` to the end of its chunk, `len` at most. */
static size_t part_within(uint32_t offset, size_t len, size_t chunk)
{
    size_t room = chunk - offset % chunk;

    return len < room ? len : room;
}

static bool reads_back(uint32_t offset, const uint8_t *data, size_t len)
{
    uint8_t chunk[CHUNK];

    for (size_t done = 0, part; done < len; done += part) {
        part = len - done < CHUNK ? len - done : CHUNK;
        fob_port_flash_read(offset + (uint32_t)done, chunk, part);
        if (memcmp(chunk, data + done, part) != 0)
            return false;
    }
    return true;
}

enum fob_status flash_write(uint32_t offset, const void *data, size_t len)
{
    const uint8_t *byte = data;

    for (size_t done = 0, part; done < len; done += part) {
        uint32_t at = offset + (uint32_t)done;

        part = part_within(at, len - done, FOB_PORT_PAGE);
        fob_port_flash_program(at, byte + done, part);
    }
    return reads_back(offset, byte, len) ? FOB_OK : FOB_E_IO;
}

void flash_zero(uint32_t offset, size_t len)
{
    uint8_t chunk[CHUNK] = {0};

    for (size_t done = 0, part; done < len; done += part) {
        uint32_t at = offset + (uint32_t)done;

        part = part_within(at, len - done, CHUNK);
        fob_port_flash_program(at, chunk, part);
    }
}

bool flash_is_all(uint32_t offset, size_t len, uint8_t value)
{
    uint8_t chunk[CHUNK];

    fob_port_flash_read(offset, chunk, len);
    for (size_t i = 0; i < len; i++)
        if (chunk[i] != value)
            return false;
    return true;
}
