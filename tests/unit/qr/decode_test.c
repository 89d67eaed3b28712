/* SPDX-License-Identifier: MIT */
/* Codes made by libqrencode, found in pictures of every unkind sort. */
#include "host/qr/decode.h"
#include "host/qr/encode.h"

#include "tests/lib/tap.h"

#include <qrencode.h>

static const char uri[] =
    "otpauth://totp/Amazon%20Web%20Services:dev@123456789012?secret="
    "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    "&issuer=Amazon%20Web%20Services";

static struct fob_codes codes;
static struct fob_error error;

static struct fob_image sheet(uint32_t width, uint32_t height)
{
    struct fob_image image = {0};

    if (fob_image_alloc(&image, width, height, &error) != FOB_OK)
        printf("Bail out! %s\n", error.text);
    return image;
}

/* Draw `stamp` with squares of `scale` in two greys. */
static void stamp_on(const struct fob_image *image,
                     const struct fob_image *stamp, uint32_t left, uint32_t top,
                     uint32_t scale, uint8_t dark, uint8_t light)
{
    for (uint32_t y = 0; y < stamp->height * scale; y++)
        for (uint32_t x = 0; x < stamp->width * scale; x++) {
            uint8_t module = fob_image_row(stamp, y / scale)[x / scale];

            fob_image_row(image, top + y)[left + x] = module ? light : dark;
        }
}

static struct fob_image code_of(const void *text, size_t len)
{
    struct fob_image stamp = {0};

    if (fob_encode_text(text, len, &stamp, &error) != FOB_OK)
        printf("Bail out! %s\n", error.text);
    return stamp;
}

static bool holds(size_t at, const void *text, size_t len)
{
    return at < codes.count && codes.list[at].text.len == len &&
           memcmp(codes.list[at].text.data, text, len) == 0;
}

static void test_look(const char *what, uint32_t scale, uint8_t dark,
                      uint8_t light)
{
    struct fob_image stamp = code_of(uri, strlen(uri));
    struct fob_image image = sheet(stamp.width * scale, stamp.height * scale);

    stamp_on(&image, &stamp, 0, 0, scale, dark, light);
    tap_ok(fob_decode_image(&image, &codes, &error) == FOB_OK &&
               codes.count == 1 && holds(0, uri, strlen(uri)),
           "%s, %u pixels a module", what, scale);
    fob_codes_free(&codes);
    fob_image_free(&stamp);
    fob_image_free(&image);
}

/* No quiet zone: the picture ends where the code does. */
static void test_tight(bool invert)
{
    struct fob_image stamp = code_of(uri, strlen(uri));
    uint32_t side = stamp.width - 2 * FOB_ENCODE_QUIET;
    struct fob_image image = sheet(side, side);

    for (uint32_t y = 0; y < side; y++)
        for (uint32_t x = 0; x < side; x++)
            fob_image_row(&image, y)[x] =
                fob_image_row(&stamp,
                              y + FOB_ENCODE_QUIET)[x + FOB_ENCODE_QUIET] ^
                (invert ? 0xff : 0x00);
    tap_ok(fob_decode_image(&image, &codes, &error) == FOB_OK &&
               holds(0, uri, strlen(uri)),
           "cropped to the code%s, a pixel a module",
           invert ? ", inverted" : "");
    fob_codes_free(&codes);
    fob_image_free(&stamp);
    fob_image_free(&image);
}

static void test_several(void)
{
    struct fob_image one = code_of("one", 3), two = code_of("two", 3);
    struct fob_image image = sheet(500, 300);

    memset(image.pixels, 30, 500 * 300);
    stamp_on(&image, &two, 250, 8, 4, 0, 255);
    stamp_on(&image, &one, 20, 12, 4, 255, 0); /* the other polarity */
    stamp_on(&image, &two, 60, 150, 4, 0, 255);
    tap_ok(fob_decode_image(&image, &codes, &error) == FOB_OK &&
               codes.count == 2,
           "two texts in three codes are two");
    tap_ok(holds(0, "one", 3) && holds(1, "two", 3), "in reading order");
    tap_ok(codes.list[0].box.left >= 20 && codes.list[0].box.right <= 140 &&
               codes.list[0].box.top >= 12 && codes.list[0].box.bottom <= 130,
           "where they are is told in the picture's pixels");
    fob_codes_free(&codes);
    fob_image_free(&one);
    fob_image_free(&two);
    fob_image_free(&image);
}

static void test_text(const char *what, const void *text, size_t len)
{
    struct fob_image stamp = code_of(text, len);
    struct fob_image image = sheet(stamp.width * 3, stamp.height * 3);

    stamp_on(&image, &stamp, 0, 0, 3, 0, 255);
    tap_ok(fob_decode_image(&image, &codes, &error) == FOB_OK &&
               codes.count == 1 && holds(0, text, len),
           "%s comes back as it went", what);
    fob_codes_free(&codes);
    fob_image_free(&stamp);
    fob_image_free(&image);
}

/* Every byte value, alone in pairs, so that no guess at a charset bends it. */
static void test_bytes(void)
{
    uint8_t bytes[256];

    for (int i = 0; i < 256; i++)
        bytes[i] = (uint8_t)i;
    test_text("every byte value", bytes, sizeof(bytes));
    test_text("UTF-8", "J\xc3\xbcrgen \xe6\x97\xa5\xe6\x9c\xac", 14);
    test_text("Latin-1", "J\xfcrgen", 6);
    test_text("one byte", "x", 1);
}

static struct fob_image picture_of(const QRcode *code)
{
    uint32_t side = (uint32_t)code->width;
    struct fob_image stamp = sheet(side, side);
    struct fob_image image = sheet(side * 3, side * 3);

    for (uint32_t i = 0; i < side * side; i++)
        stamp.pixels[i] = code->data[i] & 1 ? 0 : 255;
    stamp_on(&image, &stamp, 0, 0, 3, 0, 255);
    fob_image_free(&stamp);
    return image;
}

/* An ECI names the set of what follows; zbar has to convert it. */
static void test_eci(unsigned eci, const char *text, const char *want)
{
    QRinput *input = QRinput_new();
    struct fob_image image;
    QRcode *code;

    QRinput_appendECIheader(input, eci);
    QRinput_append(input, QR_MODE_8, (int)strlen(text), (const void *)text);
    code = QRcode_encodeInput(input);
    image = picture_of(code);
    tap_ok(fob_decode_image(&image, &codes, &error) == FOB_OK &&
               holds(0, want, strlen(want)),
           "ECI %u becomes UTF-8", eci);
    fob_codes_free(&codes);
    fob_image_free(&image);
    QRcode_free(code);
    QRinput_free(input);
}

static void test_structured(void)
{
    static const char parts[] = "a text that is long enough for two codes";
    QRinput *input = QRinput_new2(2, QR_ECLEVEL_L);
    QRinput_Struct *set;
    QRcode_List *list;
    struct fob_image first, second, image;

    QRinput_append(input, QR_MODE_8, (int)strlen(parts), (const void *)parts);
    set = QRinput_splitQRinputToStruct(input);
    list = QRcode_encodeInputStructured(set);
    first = picture_of(list->code);
    second = picture_of(list->next->code);
    image = sheet(300, 150);
    stamp_on(&image, &first, 10, 20, 1, 0, 255);
    tap_ok(fob_decode_image(&image, &codes, &error) == FOB_E_UNSUPPORTED,
           "one code of a set alone is no text");
    stamp_on(&image, &second, 160, 20, 1, 0, 255);
    tap_ok(QRcode_List_size(list) == 2 &&
               fob_decode_image(&image, &codes, &error) == FOB_OK &&
               codes.count == 1 && holds(0, parts, strlen(parts)),
           "a whole set is one text");
    fob_codes_free(&codes);
    fob_image_free(&first);
    fob_image_free(&second);
    fob_image_free(&image);
    QRcode_List_free(list);
    QRinput_Struct_free(set);
    QRinput_free(input);
}

static void test_nothing(uint32_t width, uint32_t height, bool noise)
{
    struct fob_image image = sheet(width, height);
    uint32_t state = 7;

    for (size_t i = 0; noise && i < (size_t)width * height; i++) {
        state = state * 1664525 + 1013904223;
        image.pixels[i] = (uint8_t)(state >> 24);
    }
    error = (struct fob_error){0};
    tap_ok(fob_decode_image(&image, &codes, &error) == FOB_E_UNSUPPORTED &&
               codes.count == 0 && *error.text != '\0',
           "%u x %u pixels of %s hold no code", width, height,
           noise ? "noise" : "white");
    fob_image_free(&image);
}

int main(void)
{
    if (fob_secret_start() != FOB_OK)
        return 1;
    for (uint32_t scale = 1; scale < 13; scale = scale * 3 / 2 + 1) {
        test_look("black on white", scale, 0, 255);
        test_look("white on black", scale, 255, 0);
        test_look("faint", scale, 118, 138);
        test_look("faint and dark", scale, 20, 5);
    }
    test_tight(false);
    test_tight(true);
    test_several();
    test_bytes();
    test_eci(26, "J\xc3\xbcrgen", "J\xc3\xbcrgen");
    test_eci(3, "J\xfcrgen", "J\xc3\xbcrgen");
    test_eci(7, "\xbc\xd8\xe0", "\xd0\x9c\xd0\xb8\xd1\x80");
    test_eci(20, "\x93\xfa", "\xe6\x97\xa5");
    test_structured();
    test_nothing(1, 1, false);
    test_nothing(1, 500, true);
    test_nothing(300, 200, true);
    test_nothing(700, 700, false);
    return tap_done();
}
