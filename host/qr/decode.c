/* SPDX-License-Identifier: MIT */
#include "host/qr/decode.h"

#include "host/qr/view.h"

#include <iconv.h>
#include <stdio.h>

#include <zbar.h>

/* Sizes at which a picture is looked at, in this order until one shows a
 * code: as it is; enlarged, for modules of one or two pixels; reduced, which
 * takes away the noise and blur of a photograph. */
static const struct fob_view decode_sizes[] = {
    {.enlarge = 1, .reduce = 1}, {.enlarge = 2, .reduce = 1},
    {.enlarge = 3, .reduce = 1}, {.enlarge = 1, .reduce = 2},
    {.enlarge = 1, .reduce = 3}, {.enlarge = 1, .reduce = 4},
    {.enlarge = 1, .reduce = 6}, {.enlarge = 1, .reduce = 8},
};

enum {
    DECODE_ENLARGED_MAX = 4000000, /* pixels: larger ones need no enlarging */
    DECODE_REDUCED_MIN = 120,      /* pixels a side: no code is left below */
};

/* What zbar asks for: always the first four, and what an ECI names. */
static const char *const decode_charsets[] = {
    "ISO8859-1",  "SJIS",       "UTF-8",      "BIG-5",      "CP437",
    "ISO8859-2",  "ISO8859-3",  "ISO8859-4",  "ISO8859-5",  "ISO8859-6",
    "ISO8859-7",  "ISO8859-8",  "ISO8859-9",  "ISO8859-10", "ISO8859-11",
    "ISO8859-13", "ISO8859-14", "ISO8859-15", "ISO8859-16",
};

void fob_decode_prepare(void)
{
    /* Never closed: that would unload the tables again. */
    for (size_t i = 0; i < sizeof(decode_charsets) / sizeof(*decode_charsets);
         i++)
        (void)iconv_open("UTF-8", decode_charsets[i]);
}

static zbar_image_scanner_t *decode_scanner(void)
{
    zbar_image_scanner_t *scanner = zbar_image_scanner_create();

    if (scanner == NULL)
        return NULL;
    (void)zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
    (void)zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE,
                                        1);
    /* Bytes as they are, no guess at their character set. */
    (void)zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY,
                                        1);
    return scanner;
}

/* A symbol's outline in pixels of the picture. */
static struct fob_code_box decode_box(const zbar_symbol_t *symbol,
                                      const struct fob_view *view,
                                      const struct fob_image *image)
{
    struct fob_code_box box = {.left = image->width, .top = image->height};

    for (unsigned i = 0; i < zbar_symbol_get_loc_size(symbol); i++) {
        uint32_t x = fob_view_origin(view, zbar_symbol_get_loc_x(symbol, i),
                                     image->width);
        uint32_t y = fob_view_origin(view, zbar_symbol_get_loc_y(symbol, i),
                                     image->height);

        box.left = x < box.left ? x : box.left;
        box.right = x > box.right ? x : box.right;
        box.top = y < box.top ? y : box.top;
        box.bottom = y > box.bottom ? y : box.bottom;
    }
    return box;
}

/* Of a set of codes that carry one text, all must have been seen: zbar calls
 * an incomplete one partial. */
static enum fob_status decode_collect(const zbar_image_t *seen,
                                      const struct fob_view *view,
                                      const struct fob_image *image,
                                      struct fob_codes *codes)
{
    enum fob_status status = FOB_OK;
    const zbar_symbol_t *symbol = zbar_image_first_symbol(seen);

    for (; symbol != NULL && status == FOB_OK;
         symbol = zbar_symbol_next(symbol)) {
        struct fob_code_box box = decode_box(symbol, view, image);

        if (zbar_symbol_get_type(symbol) == ZBAR_QRCODE)
            status = fob_codes_add(codes, zbar_symbol_get_data(symbol),
                                   zbar_symbol_get_data_length(symbol), &box);
    }
    return status;
}

static enum fob_status decode_scan(zbar_image_scanner_t *scanner,
                                   const struct fob_image *made,
                                   const struct fob_view *view,
                                   const struct fob_image *image,
                                   struct fob_codes *codes)
{
    zbar_image_t *seen = zbar_image_create();
    enum fob_status status = FOB_E_NO_MEMORY;

    if (seen == NULL)
        return status;
    zbar_image_set_format(seen, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(seen, made->width, made->height);
    zbar_image_set_data(seen, made->pixels,
                        (unsigned long)made->width * made->height, NULL);
    if (zbar_scan_image(scanner, seen) >= 0)
        status = decode_collect(seen, view, image, codes);
    zbar_image_destroy(seen);
    return status;
}

/* Both polarities, for a picture may hold one of each. */
static enum fob_status decode_at_size(zbar_image_scanner_t *scanner,
                                      const struct fob_view *size,
                                      const struct fob_image *image,
                                      struct fob_codes *codes,
                                      struct fob_error *error)
{
    enum fob_status status = FOB_OK;

    for (int invert = 0; invert < 2 && status == FOB_OK; invert++) {
        struct fob_view view = *size;
        struct fob_image made = {0};

        view.invert = invert != 0;
        status = fob_view_make(image, &view, &made, error);
        if (status == FOB_OK) {
            status = decode_scan(scanner, &made, &view, image, codes);
            if (status != FOB_OK)
                fob_error_set(error, status, "cannot look for QR codes");
        }
        fob_image_free(&made);
    }
    return status;
}

static bool decode_is_worth(const struct fob_view *size,
                            const struct fob_image *image)
{
    uint64_t pixels = (uint64_t)image->width * image->height;

    if (size->enlarge > 1)
        return pixels * size->enlarge * size->enlarge <= DECODE_ENLARGED_MAX;
    if (size->reduce > 1)
        return image->width / size->reduce >= DECODE_REDUCED_MIN &&
               image->height / size->reduce >= DECODE_REDUCED_MIN;
    return true;
}

enum fob_status fob_decode_image(const struct fob_image *image,
                                 struct fob_codes *codes,
                                 struct fob_error *error)
{
    zbar_image_scanner_t *scanner = decode_scanner();
    enum fob_status status = FOB_OK;

    if (scanner == NULL)
        return fob_error_no_memory(error);
    for (size_t i = 0; i < sizeof(decode_sizes) / sizeof(*decode_sizes); i++) {
        if (!decode_is_worth(&decode_sizes[i], image))
            continue;
        status = decode_at_size(scanner, &decode_sizes[i], image, codes, error);
        if (status != FOB_OK || codes->count > 0)
            break;
    }
    zbar_image_scanner_destroy(scanner);
    if (status != FOB_OK)
        fob_codes_free(codes);
    else if (codes->count == 0)
        status = fob_error_set(error, FOB_E_UNSUPPORTED,
                               "no QR code was found in the image");
    return status;
}
