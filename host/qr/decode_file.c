/* SPDX-License-Identifier: MIT */
#include "host/qr/decode.h"
#include "host/qr/picture/image_read.h"

#include <string.h>

/* Whether another paper makes another picture. */
static bool is_other(const struct fob_image *a, const struct fob_image *b)
{
    return memcmp(a->pixels, b->pixels, (size_t)a->width * a->height) != 0;
}

/* What is drawn in white on nothing is seen on black alone. */
static enum fob_status decode_on_black(const struct fob_image *on_white,
                                       const void *data, size_t len,
                                       struct fob_codes *codes,
                                       struct fob_error *error)
{
    struct fob_image image = {0};
    enum fob_status status = fob_image_read(&image, 0x00, data, len, error);

    if (status == FOB_OK)
        status = is_other(on_white, &image)
                     ? fob_decode_image(&image, codes, error)
                     : FOB_E_UNSUPPORTED;
    fob_image_free(&image);
    return status;
}

enum fob_status fob_decode_file(const void *data, size_t len,
                                struct fob_codes *codes,
                                struct fob_error *error)
{
    struct fob_image image = {0};
    enum fob_status status = fob_image_read(&image, 0xff, data, len, error);

    if (status == FOB_OK) {
        status = fob_decode_image(&image, codes, error);
        if (status == FOB_E_UNSUPPORTED && image.is_clear)
            status = decode_on_black(&image, data, len, codes, error);
    }
    if (status == FOB_OK)
        *error = (struct fob_error){0};
    fob_image_free(&image);
    return status;
}
