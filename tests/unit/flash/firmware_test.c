/* SPDX-License-Identifier: MIT */
/* Firmware files: what a board may be given, and every way to be wrong. */
#include "host/flash/firmware.h"

#include "host/flash/boot2.h"
#include "host/flash/layout.h"
#include "tests/lib/exact.h"
#include "tests/lib/flash_image.h"
#include "tests/lib/tap.h"

enum { PAGES = 5, IMAGE_LEN = PAGES * 256, FILE_LEN = PAGES * 512 };

static struct fob_error error;

/* Read from a buffer of exactly its size. */
static enum fob_status read_exact(const void *data, size_t len,
                                  struct firmware *firmware)
{
    void *exact = exact_copy(data, len);
    enum fob_status status;

    *firmware = (struct firmware){0};
    fob_error_clear(&error);
    status = firmware_read(exact, len, firmware, &error);
    free(exact);
    return status;
}

static void refuses(const void *data, size_t len, enum fob_status want,
                    const char *what)
{
    struct firmware firmware;
    enum fob_status status = read_exact(data, len, &firmware);

    tap_ok(status == want && error.text[0] && firmware.image.data == NULL,
           "refuses %s: %s", what, error.text);
    firmware_free(&firmware);
}

static void test_boot2(void)
{
    uint8_t page[BOOT2_LEN];
    bool good = true;

    for (int i = 0; i < 252; i++)
        page[i] = (uint8_t)i;
    little_put_u32(page + 252, 0xb454e2a8);
    tap_ok(boot2_is_valid(page), "the checksum of boot2");
    for (int bit = 0; bit < 256 * 8; bit++) {
        page[bit / 8] ^= (uint8_t)(1 << bit % 8);
        good = good && !boot2_is_valid(page);
        page[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    tap_ok(good, "misses no flipped bit");
    memset(page, 0xff, sizeof(page));
    tap_ok(!boot2_is_valid(page), "blank flash has none");
    memset(page, 0, sizeof(page));
    tap_ok(!boot2_is_valid(page), "zeros have none");
}

static void test_plain(void)
{
    uint8_t image[IMAGE_LEN];
    struct firmware firmware;

    flash_image_make(image, sizeof(image), "1.2.3+x");
    tap_ok(read_exact(image, sizeof(image), &firmware) == FOB_OK &&
               firmware.image.len == sizeof(image) &&
               memcmp(firmware.image.data, image, sizeof(image)) == 0,
           "a plain image");
    tap_ok(strcmp(firmware.version, "1.2.3+x") == 0, "with its version");
    firmware_free(&firmware);
    tap_ok(firmware.image.data == NULL && firmware.version[0] == '\0',
           "and nothing is left of it");
    tap_ok(read_exact(image, sizeof(image) - 255, &firmware) == FOB_OK &&
               firmware.image.len == sizeof(image) &&
               firmware.image.data[sizeof(image) - 256] ==
                   image[sizeof(image) - 256] &&
               firmware.image.data[sizeof(image) - 255] == 0xff,
           "is filled up to a page");
    firmware_free(&firmware);
    flash_image_make(image, sizeof(image), NULL);
    tap_ok(read_exact(image, sizeof(image), &firmware) == FOB_OK &&
               firmware.version[0] == '\0',
           "one without a version");
    firmware_free(&firmware);
}

static void test_bad_plain(void)
{
    uint8_t image[IMAGE_LEN], *large;
    struct firmware firmware;

    flash_image_make(image, sizeof(image), "1.2.3");
    refuses(image, 0, FOB_E_TOO_SHORT, "nothing");
    refuses(image, 256, FOB_E_TOO_SHORT, "boot2 alone");
    refuses("#!/bin/sh\n", 10, FOB_E_TOO_SHORT, "a script");
    image[17] ^= 1;
    refuses(image, sizeof(image), FOB_E_DAMAGED, "a flipped bit of boot2");
    flash_image_make(image, sizeof(image), "1.2.3");
    little_put_u32(image + 260, 0x10000100);
    refuses(image, sizeof(image), FOB_E_DAMAGED, "a start in ARM code");
    little_put_u32(image + 260, 0x10000000 + IMAGE_LEN + 1);
    refuses(image, sizeof(image), FOB_E_DAMAGED, "a start beyond its end");
    little_put_u32(image + 260, 0x10000101);
    little_put_u32(image + 256, 0x20042004);
    refuses(image, sizeof(image), FOB_E_DAMAGED, "a stack outside the RAM");

    large = exact_copy(NULL, LAYOUT_FIRMWARE_MAX + 1);
    flash_image_make(large, LAYOUT_FIRMWARE_MAX + 1, NULL);
    refuses(large, LAYOUT_FIRMWARE_MAX + 1, FOB_E_TOO_LONG,
            "an image that reaches the accounts");
    tap_ok(read_exact(large, LAYOUT_FIRMWARE_MAX, &firmware) == FOB_OK,
           "the largest image");
    firmware_free(&firmware);
    free(large);
}

static void make_uf2(uint8_t file[FILE_LEN])
{
    uint8_t image[IMAGE_LEN];

    flash_image_make(image, sizeof(image), "1.2.3");
    for (uint32_t i = 0; i < PAGES; i++)
        flash_image_block(file + 512 * i, image, i, PAGES);
}

/* A good file but for one word of a block. */
static void refuses_word(int block, int at, uint32_t value,
                         enum fob_status want, const char *what)
{
    uint8_t file[FILE_LEN];

    make_uf2(file);
    little_put_u32(file + 512 * block + at, value);
    refuses(file, sizeof(file), want, what);
}

static void test_uf2(void)
{
    uint8_t file[FILE_LEN], image[IMAGE_LEN];
    struct firmware firmware;

    make_uf2(file);
    flash_image_make(image, sizeof(image), "1.2.3");
    tap_ok(read_exact(file, sizeof(file), &firmware) == FOB_OK &&
               firmware.image.len == sizeof(image) &&
               memcmp(firmware.image.data, image, sizeof(image)) == 0 &&
               strcmp(firmware.version, "1.2.3") == 0,
           "a UF2 file gives its image");
    firmware_free(&firmware);

    little_put_u32(file + 512 * 3 + 12, 0x10000000 + 40 * 256);
    tap_ok(read_exact(file, sizeof(file), &firmware) == FOB_OK &&
               firmware.image.len == 41 * 256 &&
               firmware.image.data[3 * 256] == 0xff &&
               firmware.image.data[40 * 256] == image[3 * 256],
           "a gap is blank");
    firmware_free(&firmware);
}

static void test_bad_uf2(void)
{
    uint8_t file[FILE_LEN];

    refuses_word(2, 0, 1, FOB_E_SYNTAX, "a first magic number");
    refuses_word(2, 4, 1, FOB_E_SYNTAX, "a second");
    refuses_word(4, 508, 1, FOB_E_SYNTAX, "a third");
    refuses_word(0, 8, 0x2001, FOB_E_UNSUPPORTED, "what is not for flash");
    refuses_word(0, 8, 0x3000, FOB_E_UNSUPPORTED, "files in files");
    refuses_word(1, 8, 0, FOB_E_UNSUPPORTED, "no family");
    refuses_word(1, 28, 0xe48bff59, FOB_E_UNSUPPORTED, "an RP2350's family");
    refuses_word(1, 12, 0x10000000, FOB_E_SYNTAX, "a page twice");
    refuses_word(1, 12, 0x10000180, FOB_E_SYNTAX, "half a page");
    refuses_word(1, 12, 0x20000000, FOB_E_TOO_LONG, "code for the RAM");
    refuses_word(1, 12, 0x0fffff00, FOB_E_TOO_LONG, "what is below flash");
    refuses_word(1, 12, 0x101e0000, FOB_E_TOO_LONG, "the accounts' sectors");
    refuses_word(1, 16, 257, FOB_E_SYNTAX, "more than a page");
    refuses_word(1, 16, 0, FOB_E_SYNTAX, "less than a page");
    refuses_word(1, 20, 2, FOB_E_SYNTAX, "a wrong number");
    refuses_word(1, 24, 6, FOB_E_SYNTAX, "a wrong count");
    refuses_word(0, 12, 0x10001000, FOB_E_DAMAGED, "no first page");
    make_uf2(file);
    refuses(file, sizeof(file) - 1, FOB_E_TOO_SHORT, "a block cut off");
    refuses(file, sizeof(file) - 512, FOB_E_SYNTAX, "a block missing");
    refuses(file, 8, FOB_E_TOO_SHORT, "the beginning of a block");
}

static void test_huge_uf2(void)
{
    size_t len = FIRMWARE_FILE_MAX + 512;
    uint8_t *file = exact_copy(NULL, len);

    make_uf2(file);
    refuses(file, len, FOB_E_TOO_LONG, "a file larger than the flash");
    free(file);
}

int main(void)
{
    if (fob_secret_start() != FOB_OK)
        return 1;
    test_boot2();
    test_plain();
    test_bad_plain();
    test_uf2();
    test_bad_uf2();
    test_huge_uf2();
    return tap_done();
}
