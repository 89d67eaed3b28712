/* SPDX-License-Identifier: MIT */
/* The version that an image carries (docs/protocol.md, "fob-flash"). */
#ifndef FOB_HOST_FLASH_VERSION_H
#define FOB_HOST_FLASH_VERSION_H

#include <stddef.h>

enum { VERSION_MAX = 63 };

/* The first version marked in `data`, or "" when none is: "fob-firmware ",
 * 1 to VERSION_MAX visible characters of ASCII, NUL. */
void version_find(const void *data, size_t len, char version[VERSION_MAX + 1]);

#endif
