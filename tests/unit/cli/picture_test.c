/* SPDX-License-Identifier: MIT */
/* Pictures are told by their first bytes, and from texts. */
#include "host/cli/helper/picture.h"

#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

#define BYTES(text) text, sizeof(text) - 1

static const struct sample {
    const char *what;
    const char *bytes;
    size_t len;
    enum picture_kind kind;
} samples[] = {
    {"PNG", BYTES("\x89PNG\r\n\x1a\n"), PICTURE_READ},
    {"JPEG", BYTES("\xff\xd8\xff\xe0"), PICTURE_READ},
    {"WebP", BYTES("RIFF\x10\0\0\0WEBPVP8 "), PICTURE_READ},
    {"a sound", BYTES("RIFF\x10\0\0\0WAVEfmt "), PICTURE_NONE},
    {"GIF", BYTES("GIF89a"), PICTURE_GIF},
    {"GIF of 1987", BYTES("GIF87a"), PICTURE_GIF},
    {"BMP",
     BYTES("BM\x36\xec\0\0\0\0\0\0\x36\4\0\0\x28\0\0\0\xf4\0\0\0\xf4\0"
           "\0\0"),
     PICTURE_BMP},
    {"a text of BM", BYTES("BMW,otpauth://totp/x?secret=JBSWY3DP"),
     PICTURE_NONE},
    {"TIFF", BYTES("II*\0\x08\0\0\0"), PICTURE_TIFF},
    {"TIFF, big-endian", BYTES("MM\0*\0\0\0\x08"), PICTURE_TIFF},
    {"HEIC",
     BYTES("\0\0\0\x1c"
           "ftypheic\0\0\0\0mif1heic"),
     PICTURE_HEIC},
    {"HEIC by a general brand",
     BYTES("\0\0\0\x1c"
           "ftypmif1\0\0\0\0mif1heic"),
     PICTURE_HEIC},
    {"AVIF",
     BYTES("\0\0\0\x20"
           "ftypavif\0\0\0\0avifmif1"),
     PICTURE_AVIF},
    {"AVIF by a general brand",
     BYTES("\0\0\0\x20"
           "ftypmif1\0\0\0\0mif1avif"),
     PICTURE_AVIF},
    {"a film",
     BYTES("\0\0\0\x20"
           "ftypisom\0\0\2\0isomiso2"),
     PICTURE_NONE},
    {"JPEG XL", BYTES("\xff\x0a\x98\x17"), PICTURE_JXL},
    {"JPEG XL in a box", BYTES("\0\0\0\x0cJXL \r\n\x87\n"), PICTURE_JXL},
    {"PDF", BYTES("%PDF-1.7\n"), PICTURE_PDF},
    {"SVG", BYTES("<svg xmlns='http://www.w3.org/2000/svg'>"), PICTURE_SVG},
    {"SVG behind a BOM and spaces", BYTES("\xef\xbb\xbf\n <svg>"), PICTURE_SVG},
    {"SVG as XML", BYTES("<?xml version=\"1.0\"?>\n<!-- x -->\n<svg>"),
     PICTURE_SVG},
    {"another XML", BYTES("<?xml version=\"1.0\"?>\n<KeePassFile>"),
     PICTURE_NONE},
    {"a page with a drawing", BYTES("<!DOCTYPE html><html><body><svg>"),
     PICTURE_NONE},
    {"a page as XML", BYTES("<?xml version='1.0'?><html><svg>"), PICTURE_NONE},
    {"a URI", BYTES("otpauth://totp/x?secret=JBSWY3DP"), PICTURE_NONE},
    {"JSON", BYTES("{\"version\":1}"), PICTURE_NONE},
    {"nothing", BYTES(""), PICTURE_NONE},
};

static void test_sample(const struct sample *sample)
{
    bool shorter_is_known = true;
    struct fob_secret content = {0};

    for (size_t len = 0; len <= sample->len; len++) {
        if (fob_secret_copy(&content, sample->bytes, len) != FOB_OK)
            printf("Bail out! no memory\n");
        if (len < sample->len && picture_kind_of(&content) != PICTURE_NONE &&
            sample->kind == PICTURE_NONE)
            shorter_is_known = false;
        if (len == sample->len)
            tap_ok(picture_kind_of(&content) == sample->kind &&
                       shorter_is_known,
                   "%s is told", sample->what);
        fob_secret_free(&content);
    }
}

static void test_refuse(enum picture_kind kind, const char *name,
                        const char *text, const char *hint)
{
    struct fob_error error = {0};

    tap_ok(picture_refuse(kind, name, &error) == FOB_E_UNSUPPORTED &&
               strstr(error.text, text) != NULL &&
               strstr(error.hint, hint) != NULL,
           "%s: %s", text, hint);
}

int main(void)
{
    if (fob_secret_start() != FOB_OK)
        return 1;
    for (size_t i = 0; i < sizeof(samples) / sizeof(*samples); i++)
        test_sample(&samples[i]);
    test_refuse(PICTURE_HEIC, "IMG 1.HEIC", "IMG 1.HEIC is a HEIC image",
                "heif-convert 'IMG 1.HEIC' 'IMG 1.png' ");
    test_refuse(PICTURE_AVIF, "a.avif", "an AVIF", "avifdec a.avif a.png ");
    test_refuse(PICTURE_JXL, "a.jxl", "a JPEG XL", "djxl a.jxl a.png ");
    test_refuse(PICTURE_PDF, "d.d/a.pdf", "a PDF",
                "pdftoppm -png -r 200 d.d/a.pdf d.d/a ");
    test_refuse(PICTURE_SVG, ".svg", "an SVG", " .svg -o .svg.png ");
    test_refuse(PICTURE_GIF, "d.d/gif", "a GIF", "convert d.d/gif d.d/gif.png");
    test_refuse(PICTURE_BMP, "-a.bmp", "a BMP", "convert -- -a.bmp -a.png");
    test_refuse(PICTURE_TIFF, "stdin", "stdin is a TIFF",
                "convert FILE FILE.png");
    return tap_done();
}
