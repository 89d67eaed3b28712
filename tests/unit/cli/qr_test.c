/* SPDX-License-Identifier: MIT */
/* fob-qr's replies, also from one that has been taken over. */
#include "host/cli/helper/qr.h"

#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

static enum fob_status parse(struct qr_codes *codes, const char *hex,
                             struct fob_error *error)
{
    size_t len;
    uint8_t *bytes = exact_hex(hex, &len);
    enum fob_status status;

    *codes = (struct qr_codes){0};
    status = fob_secret_copy(&codes->reply, bytes, len);
    free(bytes);
    return status == FOB_OK ? qr_parse(codes, "x.png", error) : status;
}

static void test_texts(void)
{
    struct qr_codes codes;
    struct fob_error error = {0};
    const uint8_t *text;
    size_t len;

    tap_ok(parse(&codes, "00 0002 01 00000001 61 00000002 6263", &error) ==
                   FOB_OK &&
               codes.count == 2 && codes.is_incomplete,
           "two texts are announced");
    tap_ok(qr_next(&codes, &text, &len) && len == 1 && text[0] == 'a',
           "the first");
    tap_ok(qr_next(&codes, &text, &len) && len == 2 && text[1] == 'c',
           "the second");
    tap_ok(!qr_next(&codes, &text, &len), "and no more");
    qr_free(&codes);
}

static void test_faults(void)
{
    static const char *const broken[] = {"",
                                         "00",
                                         "0000",
                                         "000000",
                                         "00000000",
                                         "000001",
                                         "81 0001 00 000000ff 61"};
    struct qr_codes codes;
    struct fob_error error = {0};
    const uint8_t *text;
    size_t len;

    tap_ok(parse(&codes, "85 0001 00 00000002 6e6f", &error) ==
                   FOB_E_UNSUPPORTED &&
               strstr(error.text, "x.png: no"),
           "a fault sets the error: %s", error.text);
    qr_free(&codes);
    for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
        tap_ok(parse(&codes, broken[i], &error) == FOB_E_FAILED,
               "a broken reply is told");
        qr_free(&codes);
    }
    tap_ok(parse(&codes, "00 ffff 00 00000001 61 7fffffff 62", &error) ==
                   FOB_OK &&
               qr_next(&codes, &text, &len) && !qr_next(&codes, &text, &len),
           "a length beyond the reply ends it");
    qr_free(&codes);
}

int main(void)
{
    if (fob_secret_start() != FOB_OK)
        return 1;
    test_texts();
    test_faults();
    return tap_done();
}
