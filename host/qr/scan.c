/* SPDX-License-Identifier: MIT */
#include "host/qr/scan.h"

#include <iconv.h>
#include <stdio.h>

#include <zbar.h>

/* What zbar asks for: always the first four, and what an ECI names. */
static const char *const charsets[] = {
    "ISO8859-1",  "SJIS",       "UTF-8",      "BIG-5",      "CP437",
    "ISO8859-2",  "ISO8859-3",  "ISO8859-4",  "ISO8859-5",  "ISO8859-6",
    "ISO8859-7",  "ISO8859-8",  "ISO8859-9",  "ISO8859-10", "ISO8859-11",
    "ISO8859-13", "ISO8859-14", "ISO8859-15", "ISO8859-16",
};

void fob_scan_prepare(void)
{
    /* Never closed: that would unload the tables again. */
    for (size_t i = 0; i < sizeof(charsets) / sizeof(*charsets); i++)
        (void)iconv_open("UTF-8", charsets[i]);
}

zbar_image_scanner_t *fob_scan_open(void)
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

void fob_scan_close(zbar_image_scanner_t *scanner)
{
    if (scanner != NULL)
        zbar_image_scanner_destroy(scanner);
}

static uint32_t cut_to(int at, uint32_t side)
{
    if (at < 0)
        return 0;
    return (uint32_t)at > side ? side : (uint32_t)at;
}

static struct fob_code_box find_box(const zbar_symbol_t *symbol,
                                    const struct fob_image *image)
{
    struct fob_code_box box = {.left = image->width, .top = image->height};

    for (unsigned i = 0; i < zbar_symbol_get_loc_size(symbol); i++) {
        uint32_t x = cut_to(zbar_symbol_get_loc_x(symbol, i), image->width);
        uint32_t y = cut_to(zbar_symbol_get_loc_y(symbol, i), image->height);

        box.left = x < box.left ? x : box.left;
        box.right = x > box.right ? x : box.right;
        box.top = y < box.top ? y : box.top;
        box.bottom = y > box.bottom ? y : box.bottom;
    }
    return box;
}

/* Of a set of codes that carry one text, all must have been seen: zbar calls
 * an incomplete one partial. */
static enum fob_status collect_codes(const zbar_image_t *shown,
                                     const struct fob_image *image,
                                     struct fob_codes *seen)
{
    enum fob_status status = FOB_OK;
    const zbar_symbol_t *symbol = zbar_image_first_symbol(shown);

    for (; symbol != NULL && status == FOB_OK;
         symbol = zbar_symbol_next(symbol)) {
        struct fob_code_box box = find_box(symbol, image);

        if (zbar_symbol_get_type(symbol) == ZBAR_QRCODE)
            status = fob_codes_add(seen, zbar_symbol_get_data(symbol),
                                   zbar_symbol_get_data_length(symbol), &box);
    }
    return status;
}

enum fob_status fob_scan(zbar_image_scanner_t *scanner,
                         const struct fob_image *image, struct fob_codes *seen,
                         struct fob_error *error)
{
    zbar_image_t *shown = zbar_image_create();
    enum fob_status status = FOB_OK;

    if (shown == NULL)
        return fob_error_no_memory(error);
    zbar_image_set_format(shown, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(shown, image->width, image->height);
    zbar_image_set_data(shown, image->pixels,
                        (unsigned long)image->width * image->height, NULL);
    if (zbar_scan_image(scanner, shown) >= 0)
        status = collect_codes(shown, image, seen);
    zbar_image_destroy(shown);
    if (status != FOB_OK)
        return fob_error_set(error, status, "cannot look for QR codes");
    return FOB_OK;
}
