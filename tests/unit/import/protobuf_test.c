/* SPDX-License-Identifier: MIT */
/* The wire format as its public description gives it, and cut anywhere. */
#include "host/import/text/protobuf.h"
#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

static enum fob_status next_of(const char *hex, struct protobuf_field *field)
{
    struct fob_reader reader;
    enum fob_status status;
    size_t len;
    uint8_t *data = exact_hex(hex, &len);

    fob_reader_init(&reader, data, len);
    status = protobuf_next(&reader, field);
    field->bytes = NULL;
    free(data);
    return status;
}

static void test_varint(const char *hex, uint64_t want)
{
    struct protobuf_field field;

    tap_ok(next_of(hex, &field) == FOB_OK && field.number == 1 &&
               field.type == PROTOBUF_VARINT && field.varint == want,
           "%s", hex);
}

static void test_fault(const char *hex, enum fob_status want)
{
    struct protobuf_field field;

    tap_ok(next_of(hex, &field) == want, "%s is refused", hex);
}

/* Four fields of all types, one after the other. */
static void test_sequence(void)
{
    static const uint32_t numbers[] = {2, 16, 3, (1U << 29) - 1};
    size_t len, count = 0;
    uint8_t *data = exact_hex("1203616263 8101 0102030405060708 1a00 "
                              "fdffffff0f 01020304",
                              &len);
    struct protobuf_field field;
    struct fob_reader reader;

    fob_reader_init(&reader, data, len);
    for (; protobuf_next(&reader, &field) == FOB_OK && field.number != 0 &&
           count < 4;
         count++) {
        tap_ok(field.number == numbers[count], "field %zu", count);
        if (count == 0)
            tap_ok(field.len == 3 && memcmp(field.bytes, "abc", 3) == 0,
                   "its bytes are a view");
        if (count == 2)
            tap_ok(field.len == 0 && field.bytes != NULL, "no bytes");
    }
    tap_ok(count == 4 && reader.left == 0, "all fields, then the end");
    for (size_t cut = 0; cut < len; cut++) {
        uint8_t *part = exact_copy(data, cut);
        enum fob_status status;

        fob_reader_init(&reader, part, cut);
        do
            status = protobuf_next(&reader, &field);
        while (status == FOB_OK && field.number != 0);
        bool between = cut == 0 || cut == 5 || cut == 15 || cut == 17;
        tap_ok(status == (between ? FOB_OK : FOB_E_TOO_SHORT), "cut at %zu",
               cut);
        free(part);
    }
    free(data);
}

int main(void)
{
    test_varint("0800", 0);
    test_varint("08ac02", 300);
    test_varint("08ffffffffffffffffff01", UINT64_MAX);
    test_varint("0880808080808080808000", 0);
    test_varint("088080808080808080 8001", 1ULL << 63);
    test_fault("08ffffffffffffffffff02", FOB_E_SYNTAX);
    test_fault("0880808080808080808080 00", FOB_E_SYNTAX);
    test_fault("00", FOB_E_SYNTAX);
    test_fault("0700", FOB_E_SYNTAX);
    test_fault("808080801000", FOB_E_SYNTAX);
    test_fault("0b", FOB_E_SYNTAX);
    test_fault("0c", FOB_E_SYNTAX);
    test_fault("0e", FOB_E_SYNTAX);
    test_fault("0f", FOB_E_SYNTAX);
    test_fault("08", FOB_E_TOO_SHORT);
    test_fault("0a0461", FOB_E_TOO_SHORT);
    test_fault("0affffffffffffffffff01", FOB_E_TOO_SHORT);
    test_sequence();
    return tap_done();
}
