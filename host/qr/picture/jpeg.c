/* SPDX-License-Identifier: MIT */
#include "host/qr/picture/jpeg.h"

#include "src/wipe.h"

#include <setjmp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include <jerror.h>
#include <jpeglib.h>

enum {
    JPEG_MEMORY_MAX = 256 << 20, /* coefficients of a progressive image */
    JPEG_SCANS_MAX = 100,        /* each costs a pass over all of them */
};

struct jpeg_source {
    struct jpeg_error_mgr manager; /* first: libjpeg hands it back */
    struct jpeg_progress_mgr progress;
    struct jpeg_decompress_struct jpeg;
    jmp_buf jump;
    struct fob_image *image;
    uint8_t *inks; /* one row of a CMYK image */
    size_t inks_len;
    struct fob_error *error;
    enum fob_status status;
};

static struct jpeg_source *jpeg_source_of(j_common_ptr jpeg)
{
    return (struct jpeg_source *)(void *)jpeg->err;
}

static void jpeg_fail(j_common_ptr jpeg)
{
    longjmp(jpeg_source_of(jpeg)->jump, 1);
}

/* libjpeg would paint what is missing in grey and go on. */
static void jpeg_warn(j_common_ptr jpeg, int level)
{
    if (level < 0 && jpeg->err->msg_code == JWRN_JPEG_EOF)
        jpeg_fail(jpeg);
}

static void jpeg_ignore(j_common_ptr jpeg)
{
    (void)jpeg;
}

/* A small file can name thousands of scans. */
static void jpeg_watch(j_common_ptr jpeg)
{
    struct jpeg_source *source = jpeg_source_of(jpeg);

    if (source->jpeg.input_scan_number > JPEG_SCANS_MAX)
        ERREXIT(jpeg, JERR_OUT_OF_MEMORY);
}

static void jpeg_handle_faults(struct jpeg_source *source)
{
    source->jpeg.err = jpeg_std_error(&source->manager);
    source->manager.error_exit = jpeg_fail;
    source->manager.emit_message = jpeg_warn;
    source->manager.output_message = jpeg_ignore;
    source->progress.progress_monitor = jpeg_watch;
}

/* Room for the pixels and, if they come as inks, for a row of those. */
static void jpeg_prepare(struct jpeg_source *source)
{
    struct jpeg_decompress_struct *jpeg = &source->jpeg;
    bool inks = jpeg->jpeg_color_space == JCS_CMYK ||
                jpeg->jpeg_color_space == JCS_YCCK;

    source->status =
        fob_image_check(jpeg->image_width, jpeg->image_height, source->error);
    if (source->status == FOB_OK)
        source->status = fob_image_alloc(source->image, jpeg->image_width,
                                         jpeg->image_height, source->error);
    if (source->status != FOB_OK)
        jpeg_fail((j_common_ptr)jpeg);
    jpeg->out_color_space = inks ? JCS_CMYK : JCS_GRAYSCALE;
    if (!inks)
        return;
    source->inks_len = (size_t)jpeg->image_width * 4;
    source->inks = malloc(source->inks_len);
    if (source->inks == NULL)
        ERREXIT(jpeg, JERR_OUT_OF_MEMORY);
}

/* Adobe's programs store CMYK as 255 less the ink, and mark the file. */
static void jpeg_mix_inks(const struct jpeg_source *source, uint8_t *row)
{
    unsigned flip = source->jpeg.saw_Adobe_marker ? 0x00 : 0xff;
    const uint8_t *ink = source->inks;

    for (uint32_t x = 0; x < source->image->width; x++, ink += 4) {
        unsigned light = 299 * (ink[0] ^ flip) + 587 * (ink[1] ^ flip) +
                         114 * (ink[2] ^ flip);

        row[x] = (uint8_t)(light / 1000 * (ink[3] ^ flip) / 255);
    }
}

static void jpeg_read_pixels(struct jpeg_source *source)
{
    struct jpeg_decompress_struct *jpeg = &source->jpeg;

    while (jpeg->output_scanline < jpeg->output_height) {
        uint8_t *row = fob_image_row(source->image, jpeg->output_scanline);
        JSAMPROW line = source->inks == NULL ? row : source->inks;

        if (jpeg_read_scanlines(jpeg, &line, 1) != 1)
            jpeg_fail((j_common_ptr)jpeg);
        if (source->inks != NULL)
            jpeg_mix_inks(source, row);
    }
}

/* No variable of this frame changes after setjmp. */
static bool jpeg_run(struct jpeg_source *source, const void *data, size_t len)
{
    if (setjmp(source->jump))
        return false;
    jpeg_create_decompress(&source->jpeg);
    source->jpeg.mem->max_memory_to_use = JPEG_MEMORY_MAX;
    source->jpeg.progress = &source->progress;
    jpeg_mem_src(&source->jpeg, data, (unsigned long)len);
    (void)jpeg_read_header(&source->jpeg, TRUE);
    jpeg_prepare(source);
    (void)jpeg_start_decompress(&source->jpeg);
    jpeg_read_pixels(source);
    return true;
}

static enum fob_status jpeg_explain(const struct jpeg_source *source)
{
    if (source->status != FOB_OK)
        return source->status;
    switch (source->manager.msg_code) {
    case JWRN_JPEG_EOF:
        return fob_error_set(source->error, FOB_E_TOO_SHORT,
                             "the JPEG image ends early");
    case JERR_IMAGE_TOO_BIG:
    case JERR_OUT_OF_MEMORY:
    case JERR_NO_BACKING_STORE:
        return fob_error_set(source->error, FOB_E_TOO_LONG,
                             "the JPEG image needs more memory or time than "
                             "fob gives it");
    case JERR_CONVERSION_NOTIMPL:
        return fob_error_set(source->error, FOB_E_UNSUPPORTED,
                             "the JPEG image has colours of a kind that fob "
                             "does not know");
    default:
        return fob_error_set(source->error, FOB_E_SYNTAX,
                             "the JPEG image is damaged");
    }
}

enum fob_status fob_jpeg_read(struct fob_image *image, const void *data,
                              size_t len, struct fob_error *error)
{
    struct jpeg_source source = {.image = image, .error = error};
    enum fob_status status = FOB_OK;

    jpeg_handle_faults(&source);
    if (!jpeg_run(&source, data, len)) {
        status = jpeg_explain(&source);
        fob_image_free(image);
    }
    jpeg_destroy_decompress(&source.jpeg);
    if (source.inks != NULL)
        fob_wipe(source.inks, source.inks_len);
    free(source.inks);
    return status;
}
