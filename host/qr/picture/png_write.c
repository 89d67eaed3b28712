/* SPDX-License-Identifier: MIT */
#include "host/qr/picture/png.h"

#include "host/qr/picture/png_fault.h"
#include "src/wipe.h"

#include <png.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct png_sink {
    png_structp png;
    png_infop info;
    const struct fob_image *image;
    uint32_t scale;
    uint8_t *row; /* one bit a pixel, the first in the highest bit */
    size_t row_len;
    struct fob_secret *file;
};

static void png_take(png_structp png, png_bytep bytes, size_t len)
{
    struct png_sink *sink = png_get_io_ptr(png);

    if (fob_secret_append(sink->file, bytes, len) != FOB_OK)
        png_error(png, "");
}

static void png_flush_nothing(png_structp png)
{
    (void)png;
}

static void png_pack_row(struct png_sink *sink, const uint8_t *pixels)
{
    uint32_t width = sink->image->width * sink->scale;

    memset(sink->row, 0, sink->row_len);
    for (uint32_t x = 0; x < width; x++)
        if (pixels[x / sink->scale] >= 0x80)
            sink->row[x / 8] |= (uint8_t)(0x80 >> x % 8);
}

/* No variable of this frame that lives on changes after setjmp. */
static bool png_run(struct png_sink *sink)
{
    if (setjmp(png_jmpbuf(sink->png)))
        return false;
    png_set_write_fn(sink->png, sink, png_take, png_flush_nothing);
    png_set_IHDR(sink->png, sink->info, sink->image->width * sink->scale,
                 sink->image->height * sink->scale, 1, PNG_COLOR_TYPE_GRAY,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_write_info(sink->png, sink->info);
    for (uint32_t y = 0; y < sink->image->height; y++) {
        png_pack_row(sink, fob_image_row(sink->image, y));
        for (uint32_t i = 0; i < sink->scale; i++)
            png_write_row(sink->png, sink->row);
    }
    png_write_end(sink->png, NULL);
    return true;
}

static bool png_open(struct png_sink *sink)
{
    sink->row_len = ((size_t)sink->image->width * sink->scale + 7) / 8;
    sink->row = malloc(sink->row_len);
    sink->png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL,
                                        fob_png_fail, fob_png_ignore);
    if (sink->png != NULL)
        sink->info = png_create_info_struct(sink->png);
    return sink->row != NULL && sink->info != NULL;
}

static void png_close(struct png_sink *sink)
{
    png_destroy_write_struct(&sink->png, &sink->info);
    if (sink->row != NULL)
        fob_wipe(sink->row, sink->row_len);
    free(sink->row);
}

enum fob_status fob_png_write(const struct fob_image *image, uint32_t scale,
                              struct fob_secret *file, struct fob_error *error)
{
    struct png_sink sink = {.image = image, .scale = scale, .file = file};
    bool done = png_open(&sink) && png_run(&sink);

    png_close(&sink);
    if (done)
        return FOB_OK;
    fob_secret_free(file);
    return fob_error_no_memory(error);
}
