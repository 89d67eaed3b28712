/* SPDX-License-Identifier: MIT */
#include "src/tlv.h"
#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

static enum fob_status walk(const void *bytes, size_t len, struct fob_tlv *tlv,
                            int *count)
{
    struct fob_reader reader;

    *count = 0;
    fob_reader_init(&reader, bytes, len);
    while (fob_tlv_next(&reader, tlv))
        ++*count;
    return fob_reader_end(&reader);
}

static void test_lengths(void)
{
    static const size_t lengths[] = {0, 1, 127, 128, 255, 256, 65535};
    static uint8_t value[65535], bytes[65540];
    static const size_t heads[] = {2, 2, 2, 3, 3, 4, 4};

    memset(value, 0x5a, sizeof(value));
    for (size_t i = 0; i < sizeof(lengths) / sizeof(*lengths); i++) {
        struct fob_writer writer;
        struct fob_tlv tlv;
        int count;
        uint8_t *exact;

        fob_writer_init(&writer, bytes, sizeof(bytes));
        fob_tlv_put(&writer, FOB_OATH_TAG_NAME, value, lengths[i]);
        exact = exact_copy(bytes, writer.len);
        tap_ok(writer.status == FOB_OK && writer.len == heads[i] + lengths[i] &&
                   walk(exact, writer.len, &tlv, &count) == FOB_OK &&
                   count == 1 && tlv.len == lengths[i] &&
                   memcmp(tlv.value, value, tlv.len) == 0,
               "a value of %zu bytes comes back", lengths[i]);
        free(exact);
    }
}

static void test_property(void)
{
    static const uint8_t bytes[] = {0x71, 1, 'a', 0x78, 2, 0x7a, 1, 9};
    struct fob_reader reader;
    struct fob_tlv tlv;

    fob_reader_init(&reader, bytes, sizeof(bytes));
    tap_ok(fob_tlv_next(&reader, &tlv) && tlv.tag == FOB_OATH_TAG_NAME,
           "the name stands first");
    tap_ok(fob_tlv_next(&reader, &tlv) && tlv.tag == FOB_OATH_TAG_PROPERTY &&
               tlv.len == 1 && tlv.value[0] == 2,
           "a property has a value and no length");
    tap_ok(fob_tlv_next(&reader, &tlv) && tlv.tag == FOB_OATH_TAG_COUNTER &&
               tlv.value[0] == 9 && !fob_tlv_next(&reader, &tlv) &&
               fob_reader_end(&reader) == FOB_OK,
           "what follows a property is not lost");
}

static void test_cut(void)
{
    static const uint8_t whole[] = {0x71, 0x81, 3, 1, 2, 3, 0x78, 1};
    int good = 0;

    for (size_t len = 1; len < sizeof(whole); len++) {
        uint8_t *exact = exact_copy(whole, len);
        struct fob_tlv tlv;
        int count;
        enum fob_status status = walk(exact, len, &tlv, &count);

        good += len == 6 ? status == FOB_OK : status == FOB_E_TOO_SHORT;
        free(exact);
    }
    tap_ok(good == sizeof(whole) - 1, "a cut anywhere is told");
}

static void test_forms(void)
{
    static const uint8_t endless[] = {0x71, 0x80, 0, 0};
    static const uint8_t three[] = {0x71, 0x83, 0, 0, 1, 7};
    struct fob_tlv tlv;
    int count;

    tap_ok(walk(endless, sizeof(endless), &tlv, &count) == FOB_E_SYNTAX,
           "the indefinite length is refused");
    tap_ok(walk(three, sizeof(three), &tlv, &count) == FOB_E_SYNTAX,
           "a length of three bytes is refused");
}

int main(void)
{
    test_lengths();
    test_property();
    test_cut();
    test_forms();
    return tap_done();
}
