/* SPDX-License-Identifier: MIT */
#include "host/qr/encode.h"

#include "src/wipe.h"

#include <errno.h>

#include <qrencode.h>

static enum fob_status encode_refuse(struct fob_error *error, int reason)
{
    if (reason == ERANGE)
        return fob_error_set(error, FOB_E_TOO_LONG,
                             "the text does not fit into one QR code");
    return fob_error_set(error, FOB_E_NO_MEMORY, "cannot make the QR code");
}

static void encode_draw(const QRcode *code, const struct fob_image *image)
{
    for (int y = 0; y < code->width; y++) {
        const uint8_t *modules = code->data + (size_t)(y * code->width);
        uint8_t *row = fob_image_row(image, (uint32_t)y + FOB_ENCODE_QUIET) +
                       FOB_ENCODE_QUIET;

        for (int x = 0; x < code->width; x++)
            row[x] = modules[x] & 1 ? 0x00 : 0xff;
    }
}

enum fob_status fob_encode_text(const void *text, size_t len,
                                struct fob_image *image,
                                struct fob_error *error)
{
    enum fob_status status;
    QRcode *code;
    uint32_t side;

    if (len == 0)
        return fob_error_set(error, FOB_E_TOO_SHORT, "the text is empty");
    if (len > FOB_ENCODE_TEXT_MAX)
        return encode_refuse(error, ERANGE);
    code = QRcode_encodeData((int)len, text, 0, QR_ECLEVEL_M);
    if (code == NULL)
        return encode_refuse(error, errno);
    side = (uint32_t)code->width + 2 * FOB_ENCODE_QUIET;
    status = fob_image_alloc(image, side, side, error);
    if (status == FOB_OK)
        encode_draw(code, image);
    fob_wipe(code->data, (size_t)code->width * (size_t)code->width);
    QRcode_free(code);
    return status;
}
