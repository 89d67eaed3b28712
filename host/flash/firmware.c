/* SPDX-License-Identifier: MIT */
#include "host/flash/firmware.h"

#include "host/flash/boot2.h"
#include "host/flash/little.h"

#include <string.h>

enum { VECTORS_LEN = 8 }; /* stack pointer and reset handler */

/* A plain image, padded to a whole page as erased flash is. */
static enum fob_status read_plain(const void *data, size_t len,
                                  struct fob_secret *image,
                                  struct fob_error *error)
{
    size_t padded = (len + LAYOUT_PAGE - 1) / LAYOUT_PAGE * LAYOUT_PAGE;

    if (len > LAYOUT_FIRMWARE_MAX)
        return fob_error_set(error, FOB_E_TOO_LONG,
                             "the image is larger than the flash that holds "
                             "firmware");
    if (fob_secret_alloc(image, padded) != FOB_OK)
        return fob_error_no_memory(error);
    memcpy(image->data, data, len);
    memset(image->data + len, 0xff, padded - len);
    image->len = padded;
    return FOB_OK;
}

/* An even handler would be ARM code, which the Cortex-M0+ has not. */
static bool vectors_are_valid(const struct fob_secret *image)
{
    uint32_t stack = little_get_u32(image->data + BOOT2_LEN);
    uint32_t reset = little_get_u32(image->data + BOOT2_LEN + 4);

    return stack > LAYOUT_RAM && stack <= LAYOUT_RAM_END && stack % 4 == 0 &&
           reset % 2 == 1 && reset > LAYOUT_FLASH &&
           reset - LAYOUT_FLASH < image->len;
}

static enum fob_status check_image(const struct fob_secret *image,
                                   struct fob_error *error)
{
    if (image->len < BOOT2_LEN + VECTORS_LEN)
        return fob_error_set(error, FOB_E_TOO_SHORT,
                             "the file is too short for firmware");
    if (!boot2_is_valid(image->data))
        return fob_error_set(error, FOB_E_DAMAGED,
                             "the file is no firmware for the RP2040, or is "
                             "damaged: the checksum of its first 256 bytes "
                             "is wrong");
    if (!vectors_are_valid(image))
        return fob_error_set(error, FOB_E_DAMAGED,
                             "the file is no firmware for the RP2040: it "
                             "does not start in its own flash");
    return FOB_OK;
}

enum fob_status firmware_read(const void *data, size_t len,
                              struct firmware *firmware,
                              struct fob_error *error)
{
    struct fob_secret *image = &firmware->image;
    enum fob_status status;

    if (len == 0)
        return fob_error_set(error, FOB_E_TOO_SHORT, "the file is empty");
    if (uf2_is(data, len))
        status = uf2_read(data, len, image, error);
    else
        status = read_plain(data, len, image, error);
    if (status == FOB_OK)
        status = check_image(image, error);
    if (status == FOB_OK)
        version_find(image->data, image->len, firmware->version);
    else
        firmware_free(firmware);
    return status;
}

void firmware_free(struct firmware *firmware)
{
    fob_secret_free(&firmware->image);
    *firmware = (struct firmware){0};
}
