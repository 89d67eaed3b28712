/* SPDX-License-Identifier: MIT */
#include "host/qr/picture/image.h"

#include "src/wipe.h"

#include <stdlib.h>
#include <string.h>

static size_t image_size(const struct fob_image *image)
{
    return (size_t)image->width * image->height;
}

enum fob_status fob_image_check(uint32_t width, uint32_t height,
                                struct fob_error *error)
{
    if (width > FOB_IMAGE_SIDE_MAX || height > FOB_IMAGE_SIDE_MAX ||
        (uint64_t)width * height > FOB_IMAGE_PIXELS_MAX)
        return fob_error_set(error, FOB_E_TOO_LONG,
                             "the image has %lu x %lu pixels, more than fob "
                             "reads",
                             (unsigned long)width, (unsigned long)height);
    if (width == 0 || height == 0)
        return fob_error_set(error, FOB_E_SYNTAX, "the image has no pixels");
    return FOB_OK;
}

enum fob_status fob_image_alloc(struct fob_image *image, uint32_t width,
                                uint32_t height, struct fob_error *error)
{
    image->pixels = malloc((size_t)width * height);
    if (image->pixels == NULL)
        return fob_error_no_memory(error);
    image->width = width;
    image->height = height;
    memset(image->pixels, 0xff, image_size(image));
    return FOB_OK;
}

void fob_image_free(struct fob_image *image)
{
    if (image->pixels != NULL)
        fob_wipe(image->pixels, image_size(image));
    free(image->pixels);
    *image = (struct fob_image){0};
}
