/* SPDX-License-Identifier: MIT */
/* A file as fob-qr gets it: to grey, then searched for codes.  Checksums of
 * PNG chunks are mended after each mutation, or none would get past them. */
#include "host/qr/decode.h"
#include "host/qr/picture/image_read.h"
#include "host/qr/reply.h"
#include "src/bytes.h"

#include <stdlib.h>

/* Larger pictures are left to the tests of limits: a search takes too long.
 * Of the middling ones every fourth has to do. */
enum {
    SEARCHED_MAX = 200 * 200,
    SEARCHED_ALWAYS = 100 * 100,
    SEARCHED_EACH = 4
};

static bool is_searched(const struct fob_image *image, size_t len)
{
    uint64_t pixels = (uint64_t)image->width * image->height;

    return pixels <= SEARCHED_ALWAYS ||
           (pixels <= SEARCHED_MAX && len % SEARCHED_EACH == 0);
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
size_t LLVMFuzzerMutate(uint8_t *data, size_t len, size_t cap);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t len, size_t cap,
                               unsigned seed);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    return fob_secret_start() == FOB_OK ? 0 : 1;
}

static uint32_t crc_of(const uint8_t *data, size_t len)
{
    uint32_t crc = 0xffffffff;

    for (size_t i = 0; i < len * 8; i++) {
        crc ^= i % 8 == 0 ? data[i / 8] : 0;
        crc = crc & 1 ? 0xedb88320 ^ crc >> 1 : crc >> 1;
    }
    return crc ^ 0xffffffff;
}

/* A chunk: length, 4 bytes of type, data, checksum of the last two. */
static void mend_chunks(uint8_t *data, size_t len)
{
    enum { SIGNATURE_LEN = 8, FRAME_LEN = 12 };
    size_t at = SIGNATURE_LEN;

    while (at + FRAME_LEN <= len) {
        struct fob_reader head;
        struct fob_writer tail;
        size_t inside;

        fob_reader_init(&head, data + at, 4);
        inside = fob_get_u32(&head);
        if (inside > len - at - FRAME_LEN)
            break;
        fob_writer_init(&tail, data + at + 8 + inside, 4);
        fob_put_u32(&tail, crc_of(data + at + 4, inside + 4));
        at += inside + FRAME_LEN;
    }
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t len, size_t cap,
                               unsigned seed)
{
    (void)seed;
    len = LLVMFuzzerMutate(data, len, cap);
    if (len > 0 && data[0] == 0x89)
        mend_chunks(data, len);
    return len;
}

static void must(bool good)
{
    if (!good)
        abort();
}

static void search(const struct fob_image *image)
{
    static struct fob_codes codes;
    struct fob_error error = {0};
    struct fob_secret reply = {0};
    enum fob_status status = fob_decode_image(image, &codes, &error);

    must((status == FOB_OK) == (codes.count > 0));
    must(status == error.status);
    if (status == FOB_OK)
        must(fob_reply_codes(&codes, &reply) == FOB_OK);
    else
        must(fob_reply_fault(&error, &reply) == FOB_OK);
    fob_secret_free(&reply);
    fob_codes_free(&codes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct fob_image image = {0};
    struct fob_error error = {0};
    uint8_t paper = len % 2 == 0 ? 0x00 : 0xff;
    enum fob_status status = fob_image_read(&image, paper, data, len, &error);

    must(status == error.status);
    must((status == FOB_OK) == (image.pixels != NULL));
    must(status == FOB_OK || fob_status_exit(status) == 8);
    if (status == FOB_OK && is_searched(&image, len))
        search(&image);
    fob_image_free(&image);
    return 0;
}
