/* SPDX-License-Identifier: MIT */
#include "src/apdu.h"
#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

struct shape {
    const char *what;
    size_t len;
    uint8_t bytes[16];
    enum fob_status status;
    size_t data_len;
    size_t le;
};

/* ISO 7816-4 section 5.1, cases 1, 2, 3 and 4, short (S) and extended (E). */
static const struct shape shapes[] = {
    {"case 1", 4, {0, 0xa1, 0, 0}, FOB_OK, 0, 0},
    {"case 2S", 5, {0, 0xa1, 0, 0, 0x10}, FOB_OK, 0, 16},
    {"case 2S, Le 00", 5, {0, 0xa1, 0, 0, 0}, FOB_OK, 0, 256},
    {"case 3S", 7, {0, 2, 0, 0, 2, 8, 9}, FOB_OK, 2, 0},
    {"case 4S", 8, {0, 2, 0, 0, 2, 8, 9, 0}, FOB_OK, 2, 256},
    {"case 2E", 7, {0, 0xa1, 0, 0, 0, 1, 2}, FOB_OK, 0, 258},
    {"case 2E, Le 0000", 7, {0, 0xa1, 0, 0, 0, 0, 0}, FOB_OK, 0, 65536},
    {"case 3E", 9, {0, 2, 0, 0, 0, 0, 2, 8, 9}, FOB_OK, 2, 0},
    {"case 4E", 11, {0, 2, 0, 0, 0, 0, 2, 8, 9, 1, 0}, FOB_OK, 2, 256},
    {"nothing", 0, {0}, FOB_E_TOO_SHORT, 0, 0},
    {"half a header", 3, {0, 2, 0}, FOB_E_TOO_SHORT, 0, 0},
    {"data short of Lc", 6, {0, 2, 0, 0, 2, 8}, FOB_E_SYNTAX, 0, 0},
    {"bytes after Le", 9, {0, 2, 0, 0, 2, 8, 9, 0, 0}, FOB_E_SYNTAX, 0, 0},
    {"half an extended Le", 6, {0, 2, 0, 0, 0, 1}, FOB_E_SYNTAX, 0, 0},
    {"extended Lc of 0", 8, {0, 2, 0, 0, 0, 0, 0, 1}, FOB_E_SYNTAX, 0, 0},
    {"extended Lc cut", 8, {0, 2, 0, 0, 0, 0, 2, 8}, FOB_E_SYNTAX, 0, 0},
    {"one byte of extended Le",
     10,
     {0, 2, 0, 0, 0, 0, 2, 8, 9, 1},
     FOB_E_SYNTAX,
     0,
     0},
};

static void test_shape(const struct shape *shape)
{
    uint8_t *exact = exact_copy(shape->bytes, shape->len);
    uint8_t back[16];
    struct fob_writer writer;
    struct fob_apdu apdu;
    bool good = fob_apdu_parse(&apdu, exact, shape->len) == shape->status &&
                apdu.data_len == shape->data_len && apdu.le == shape->le;

    fob_writer_init(&writer, back, sizeof(back));
    fob_apdu_put(&writer, &apdu);
    if (shape->status == FOB_OK)
        good = good && writer.len == shape->len &&
               memcmp(back, shape->bytes, writer.len) == 0;
    tap_ok(good, "%s is read, and written back", shape->what);
    free(exact);
}

static void test_data(void)
{
    static const uint8_t bytes[] = {0x80, 2, 3, 4, 2, 8, 9};
    struct fob_apdu apdu;

    tap_ok(fob_apdu_parse(&apdu, bytes, sizeof(bytes)) == FOB_OK &&
               apdu.cla == 0x80 && apdu.ins == 2 && apdu.p1 == 3 &&
               apdu.p2 == 4 && apdu.data == bytes + 5 && !apdu.extended,
           "header and data are where they belong");
}

int main(void)
{
    for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++)
        test_shape(&shapes[i]);
    test_data();
    return tap_done();
}
