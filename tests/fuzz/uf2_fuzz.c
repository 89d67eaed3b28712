/* SPDX-License-Identifier: MIT */
/*
 * Firmware files: whatever the bytes, they are refused with an error that is
 * set and nothing left, or give whole pages that the ROM would start and that
 * end before the accounts.  An odd first byte makes the words that a mutation
 * seldom hits right: magic numbers, count and number of each block.
 */
#include "host/flash/boot2.h"
#include "host/flash/firmware.h"
#include "host/flash/little.h"

#include <stdlib.h>
#include <string.h>

static void must(bool good)
{
    if (!good)
        abort();
}

static void mend(uint8_t *file, size_t len)
{
    uint32_t count = (uint32_t)(len / UF2_BLOCK_LEN);

    for (uint32_t i = 0; i < count; i++) {
        uint8_t *block = file + i * UF2_BLOCK_LEN;

        little_put_u32(block, 0x0a324655);
        little_put_u32(block + 4, 0x9e5d5157);
        little_put_u32(block + 20, i);
        little_put_u32(block + 24, count);
        little_put_u32(block + 508, 0x0ab16f30);
    }
}

static void check(const struct firmware *firmware)
{
    const struct fob_secret *image = &firmware->image;

    must(image->len % LAYOUT_PAGE == 0 && image->len > LAYOUT_PAGE &&
         image->len <= LAYOUT_FIRMWARE_MAX);
    must(boot2_is_valid(image->data));
    must(strlen(firmware->version) <= VERSION_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct firmware firmware = {0};
    struct fob_error error = {0};
    uint8_t *file;
    enum fob_status status;

    if (len == 0)
        return 0;
    file = malloc(len - 1 + (len == 1));
    must(file != NULL && fob_secret_start() == FOB_OK);
    memcpy(file, data + 1, len - 1);
    if (data[0] % 2 == 1)
        mend(file, len - 1);
    status = firmware_read(file, len - 1, &firmware, &error);
    free(file);
    if (status == FOB_OK)
        check(&firmware);
    else
        must(error.text[0] && error.status == status && !firmware.image.data);
    firmware_free(&firmware);
    return 0;
}
