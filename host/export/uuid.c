/* SPDX-License-Identifier: MIT */
#include "host/export/uuid.h"

#include <stdint.h>
#include <string.h>
#include <sys/random.h>

enum { BYTES = 16 };

enum fob_status uuid_make(char text[static UUID_TEXT_LEN + 1])
{
    static const char hex[] = "0123456789abcdef";
    uint8_t bytes[BYTES];
    char *at = text;

    if (getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes))
        return FOB_E_FAILED;
    bytes[6] = (uint8_t)((bytes[6] & 0x0f) | 0x40); /* version 4 */
    bytes[8] = (uint8_t)((bytes[8] & 0x3f) | 0x80); /* variant 10 */
    for (int i = 0; i < BYTES; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *at++ = '-';
        *at++ = hex[bytes[i] >> 4];
        *at++ = hex[bytes[i] & 15];
    }
    *at = '\0';
    return FOB_OK;
}
