/* SPDX-License-Identifier: MIT */
#include "host/qr/picture/png.h"

#include "host/qr/picture/png_fault.h"
#include "src/bytes.h"

#include <png.h>
#include <stdbool.h>
#include <string.h>

struct png_source {
    png_structp png;
    png_infop info;
    struct fob_reader file;
    struct fob_image *image;
    uint8_t paper;
    struct fob_error *error;
    enum fob_status status;
};

static void png_feed(png_structp png, png_bytep bytes, size_t len)
{
    struct png_source *source = png_get_io_ptr(png);
    const uint8_t *from = fob_get_bytes(&source->file, len);

    if (from == NULL)
        png_error(png, "");
    memcpy(bytes, from, len);
}

/* No chunk is read but those that make pixels: text and colour profiles are
 * where a small file unpacks to a large one. */
static void png_limit(struct png_source *source)
{
    png_set_keep_unknown_chunks(source->png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
    png_set_user_limits(source->png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
}

/* Any of PNG's kinds to 8-bit grey on paper. */
static void png_make_grey(struct png_source *source)
{
    /* On the scale of the result, whatever depth the file has. */
    const png_color_16 paper = {.red = source->paper,
                                .green = source->paper,
                                .blue = source->paper,
                                .gray = source->paper};

    source->image->is_clear =
        (png_get_color_type(source->png, source->info) &
         PNG_COLOR_MASK_ALPHA) != 0 ||
        png_get_valid(source->png, source->info, PNG_INFO_tRNS) != 0;
    png_set_expand(source->png);
    png_set_scale_16(source->png);
    if (png_get_color_type(source->png, source->info) & PNG_COLOR_MASK_COLOR)
        png_set_rgb_to_gray_fixed(source->png, PNG_ERROR_ACTION_NONE, -1, -1);
    png_set_background_fixed(source->png, &paper, PNG_BACKGROUND_GAMMA_SCREEN,
                             0, 0);
}

static enum fob_status png_make_room(struct png_source *source)
{
    uint32_t width = png_get_image_width(source->png, source->info);
    uint32_t height = png_get_image_height(source->png, source->info);
    enum fob_status status = fob_image_check(width, height, source->error);

    if (status != FOB_OK)
        return status;
    return fob_image_alloc(source->image, width, height, source->error);
}

static void png_read_pixels(struct png_source *source)
{
    struct fob_image *image = source->image;
    int passes = png_set_interlace_handling(source->png);

    png_read_update_info(source->png, source->info);
    if (png_get_rowbytes(source->png, source->info) != image->width)
        png_error(source->png, "");
    for (int pass = 0; pass < passes; pass++)
        for (uint32_t y = 0; y < image->height; y++)
            png_read_row(source->png, fob_image_row(image, y), NULL);
}

/* No variable of this frame changes after setjmp. */
static bool png_run(struct png_source *source)
{
    if (setjmp(png_jmpbuf(source->png)))
        return false;
    png_limit(source);
    png_set_read_fn(source->png, source, png_feed);
    png_read_info(source->png, source->info);
    source->status = png_make_room(source);
    if (source->status != FOB_OK)
        return false;
    png_make_grey(source);
    png_read_pixels(source);
    return true;
}

static enum fob_status png_explain(const struct png_source *source)
{
    if (source->status != FOB_OK)
        return source->status;
    if (source->file.status != FOB_OK)
        return fob_error_set(source->error, FOB_E_TOO_SHORT,
                             "the PNG image ends early");
    return fob_error_set(source->error, FOB_E_SYNTAX,
                         "the PNG image is damaged");
}

enum fob_status fob_png_read(struct fob_image *image, uint8_t paper,
                             const void *data, size_t len,
                             struct fob_error *error)
{
    struct png_source source = {.image = image, .paper = paper, .error = error};
    enum fob_status status = FOB_E_NO_MEMORY;

    fob_reader_init(&source.file, data, len);
    source.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL,
                                        fob_png_fail, fob_png_ignore);
    if (source.png != NULL)
        source.info = png_create_info_struct(source.png);
    if (source.info == NULL)
        status = fob_error_no_memory(error);
    else
        status = png_run(&source) ? FOB_OK : png_explain(&source);
    if (status != FOB_OK)
        fob_image_free(image);
    png_destroy_read_struct(&source.png, &source.info, NULL);
    return status;
}
