/* SPDX-License-Identifier: MIT */
/* A firmware file on its way to a board. */
#ifndef FOB_HOST_FLASH_FIRMWARE_H
#define FOB_HOST_FLASH_FIRMWARE_H

#include "host/base/error.h"
#include "host/base/secret.h"
#include "host/flash/layout.h"
#include "host/flash/uf2.h"
#include "host/flash/version.h"

/* The largest file: every page of flash as a UF2 block. */
enum { FIRMWARE_FILE_MAX = LAYOUT_FIRMWARE_MAX / LAYOUT_PAGE * UF2_BLOCK_LEN };

struct firmware {
    struct fob_secret image;       /* of flash from its start, whole pages */
    char version[VERSION_MAX + 1]; /* "" when it carries none */
};

/* Read a UF2 file, or a plain image of flash, into the empty `firmware`:
 * FOB_OK says that the RP2040's ROM would start it, and that it leaves the
 * sectors with the accounts alone.  A class-8 status, error set, and `firmware`
 * left empty, otherwise. */
FOB_MUST_CHECK enum fob_status firmware_read(const void *data, size_t len,
                                             struct firmware *firmware,
                                             struct fob_error *error);

void firmware_free(struct firmware *firmware);

#endif
