/* SPDX-License-Identifier: MIT */
#include "src/bytes.h"
#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

static const uint8_t sample[] = {0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08,
                                 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f};

static void test_get(void)
{
    uint8_t *data = exact_copy(sample, sizeof(sample));
    struct fob_reader reader;

    fob_reader_init(&reader, data, sizeof(sample));
    tap_ok(fob_get_u8(&reader) == 0x01, "u8 is one byte");
    tap_ok(fob_get_u16(&reader) == 0x0203, "u16 is big-endian");
    tap_ok(fob_get_u32(&reader) == 0x04050607, "u32 is big-endian");
    tap_ok(fob_get_u64(&reader) == 0x08090a0b0c0d0e0f, "u64 is big-endian");
    tap_ok(fob_reader_end(&reader) == FOB_OK, "all was read");
    tap_ok(fob_get_bytes(&reader, 0) != NULL, "no bytes are a view, not NULL");
    free(data);
}

static void test_get_past_the_end(void)
{
    uint8_t *data = exact_copy(sample, 3);
    struct fob_reader reader;

    fob_reader_init(&reader, data, 3);
    tap_ok(fob_get_u32(&reader) == 0, "a u32 of three bytes is 0");
    tap_ok(fob_get_u8(&reader) == 0, "the fault sticks");
    tap_ok(fob_get_bytes(&reader, 0) == NULL, "and holds for views");
    tap_ok(fob_reader_end(&reader) == FOB_E_TOO_SHORT, "and is told");
    fob_reader_init(&reader, data, 3);
    tap_ok(fob_get_bytes(&reader, SIZE_MAX) == NULL, "a huge view is refused");
    fob_reader_init(&reader, NULL, 0);
    tap_ok(fob_reader_end(&reader) == FOB_OK, "nothing is read whole");
    free(data);
}

static void test_get_leaves_over(void)
{
    struct fob_reader reader;

    fob_reader_init(&reader, sample, 3);
    tap_ok(fob_get_bytes(&reader, 2) == sample, "a view points into the data");
    tap_ok(fob_reader_end(&reader) == FOB_E_TOO_LONG, "a byte over is told");
}

static void test_put(void)
{
    uint8_t *data = exact_copy(NULL, sizeof(sample));
    struct fob_writer writer;

    fob_writer_init(&writer, data, sizeof(sample));
    fob_put_u8(&writer, 0x01);
    fob_put_u16(&writer, 0x0203);
    fob_put_u32(&writer, 0x04050607);
    fob_put_u64(&writer, 0x08090a0b0c0d0e0f);
    tap_ok(writer.status == FOB_OK && writer.len == sizeof(sample), "all fits");
    tap_bytes(data, sample, sizeof(sample), "numbers are big-endian");
    fob_put_bytes(&writer, NULL, 0);
    tap_ok(writer.status == FOB_OK, "nothing fits into no room");
    fob_put_u8(&writer, 0);
    tap_ok(writer.status == FOB_E_TOO_LONG, "a byte does not");
    tap_ok(writer.len == sizeof(sample), "what does not fit is left out");
    free(data);
}

static void test_put_sticks(void)
{
    uint8_t *data = exact_copy(NULL, 3);
    struct fob_writer writer;

    fob_writer_init(&writer, data, 3);
    fob_put_text(&writer, "ab");
    fob_put_u16(&writer, 0xffff);
    fob_put_u8(&writer, 0xff);
    tap_ok(writer.status == FOB_E_TOO_LONG && writer.len == 2,
           "after a fault nothing more is written");
    tap_bytes(data, "ab", 3, "text goes without its NUL");
    fob_writer_init(&writer, data, 3);
    fob_put_bytes(&writer, data, SIZE_MAX);
    tap_ok(writer.status == FOB_E_TOO_LONG, "a huge length is refused");
    free(data);
}

int main(void)
{
    test_get();
    test_get_past_the_end();
    test_get_leaves_over();
    test_put();
    test_put_sticks();
    return tap_done();
}
