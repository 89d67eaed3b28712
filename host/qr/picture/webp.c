/* SPDX-License-Identifier: MIT */
#include "host/qr/picture/webp.h"

#include "src/wipe.h"

#include <stdlib.h>

#include <webp/decode.h>

enum { CHANNELS = 4 };

static enum fob_status refuse_file(VP8StatusCode code, struct fob_error *error)
{
    switch (code) {
    case VP8_STATUS_NOT_ENOUGH_DATA:
        return fob_error_set(error, FOB_E_TOO_SHORT,
                             "the WebP image ends early");
    case VP8_STATUS_OUT_OF_MEMORY:
        return fob_error_set(error, FOB_E_TOO_LONG,
                             "the WebP image needs more memory than fob gives "
                             "it");
    default:
        return fob_error_set(error, FOB_E_SYNTAX, "the WebP image is damaged");
    }
}

static enum fob_status read_features(const void *data, size_t len,
                                     WebPBitstreamFeatures *features,
                                     struct fob_error *error)
{
    VP8StatusCode code = WebPGetFeatures(data, len, features);

    if (code != VP8_STATUS_OK)
        return refuse_file(code, error);
    if (features->has_animation)
        return fob_error_set(error, FOB_E_UNSUPPORTED,
                             "the WebP image is animated; save one picture "
                             "of it");
    return fob_image_check((uint32_t)features->width,
                           (uint32_t)features->height, error);
}

/* Colours on paper, to grey. */
static void mix_channels(const uint8_t *pixels, uint8_t paper,
                         const struct fob_image *image)
{
    size_t size = (size_t)image->width * image->height;

    for (size_t i = 0; i < size; i++, pixels += CHANNELS) {
        unsigned light =
            (299u * pixels[0] + 587u * pixels[1] + 114u * pixels[2]) / 1000;
        unsigned there = pixels[3];

        image->pixels[i] =
            (uint8_t)((light * there + paper * (255 - there)) / 255);
    }
}

static enum fob_status read_pixels(const void *data, size_t len,
                                   const WebPBitstreamFeatures *features,
                                   uint8_t *pixels, size_t size,
                                   struct fob_error *error)
{
    WebPDecoderConfig config;
    VP8StatusCode code;

    if (!WebPInitDecoderConfig(&config))
        return refuse_file(VP8_STATUS_INVALID_PARAM, error);
    config.output.colorspace = MODE_RGBA;
    config.output.is_external_memory = 1;
    config.output.u.RGBA.rgba = pixels;
    config.output.u.RGBA.stride = features->width * CHANNELS;
    config.output.u.RGBA.size = size;
    code = WebPDecode(data, len, &config);
    WebPFreeDecBuffer(&config.output);
    return code == VP8_STATUS_OK ? FOB_OK : refuse_file(code, error);
}

enum fob_status fob_webp_read(struct fob_image *image, uint8_t paper,
                              const void *data, size_t len,
                              struct fob_error *error)
{
    WebPBitstreamFeatures features;
    enum fob_status status = read_features(data, len, &features, error);
    uint8_t *pixels;
    size_t size;

    if (status != FOB_OK)
        return status;
    size = (size_t)features.width * (size_t)features.height * CHANNELS;
    pixels = calloc(size, 1);
    if (pixels == NULL)
        return fob_error_no_memory(error);
    status = read_pixels(data, len, &features, pixels, size, error);
    if (status == FOB_OK)
        status = fob_image_alloc(image, (uint32_t)features.width,
                                 (uint32_t)features.height, error);
    if (status == FOB_OK) {
        mix_channels(pixels, paper, image);
        image->is_clear = features.has_alpha != 0;
    }
    fob_wipe(pixels, size);
    free(pixels);
    return status;
}
