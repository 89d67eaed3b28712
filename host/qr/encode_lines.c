/* SPDX-License-Identifier: MIT */
#include "host/qr/encode.h"

#include <string.h>

/* White on black of the 256-colour table, which themes leave alone. */
static const char lines_colours_on[] = "\033[38;5;231;48;5;16m";
static const char lines_colours_off[] = "\033[0m";

static enum fob_status lines_put(struct fob_secret *lines, const char *text)
{
    return fob_secret_append(lines, text, strlen(text));
}

/* Beyond the last row all is quiet zone. */
static bool lines_is_light(const struct fob_image *image, uint32_t x,
                           uint32_t y)
{
    return y >= image->height || fob_image_row(image, y)[x] != 0;
}

/* Two rows of modules in one line of characters. */
static enum fob_status lines_draw(const struct fob_image *image, uint32_t y,
                                  struct fob_secret *lines)
{
    static const char *const blocks[2][2] = {
        {" ", "\u2584"}, {"\u2580", "\u2588"}}; /* [upper light][lower light] */
    enum fob_status status = FOB_OK;

    for (uint32_t x = 0; x < image->width && status == FOB_OK; x++)
        status = lines_put(lines, blocks[lines_is_light(image, x, y)]
                                        [lines_is_light(image, x, y + 1)]);
    return status;
}

enum fob_status fob_encode_lines(const struct fob_image *image, bool colours,
                                 struct fob_secret *lines)
{
    enum fob_status status = FOB_OK;

    for (uint32_t y = 0; y < image->height && status == FOB_OK; y += 2) {
        if (colours)
            status = lines_put(lines, lines_colours_on);
        if (status == FOB_OK)
            status = lines_draw(image, y, lines);
        if (status == FOB_OK && colours)
            status = lines_put(lines, lines_colours_off);
        if (status == FOB_OK)
            status = lines_put(lines, "\n");
    }
    if (status != FOB_OK)
        fob_secret_free(lines);
    return status;
}
