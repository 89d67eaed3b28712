/* SPDX-License-Identifier: MIT */
/* The list of codes, and the reply made of it. */
#include "host/qr/codes.h"
#include "host/qr/reply.h"
#include "src/bytes.h"

#include "tests/lib/tap.h"

static struct fob_codes codes;

static enum fob_status add(const char *text, uint32_t left, uint32_t top)
{
    struct fob_code_box box = {left, top, left + 100, top + 100};

    return fob_codes_add(&codes, text, strlen(text), &box);
}

static bool is_at(size_t at, const char *text)
{
    const struct fob_secret *held = &codes.list[at].text;

    return at < codes.count && held->len == strlen(text) &&
           memcmp(held->data, text, held->len) == 0;
}

static void test_order(void)
{
    bool good = add("below", 0, 200) == FOB_OK &&
                add("right", 300, 7) == FOB_OK &&
                add("left", 5, 12) == FOB_OK && add("middle", 150, 0) == FOB_OK;

    tap_ok(good && codes.count == 4, "four texts are kept");
    tap_ok(is_at(0, "left") && is_at(1, "middle") && is_at(2, "right") &&
               is_at(3, "below"),
           "a row that is not level reads from the left, then the next");
    tap_ok(add("left", 900, 900) == FOB_OK && codes.count == 4,
           "a text that is there counts once");
    fob_codes_free(&codes);
    tap_ok(codes.count == 0 && codes.list[0].text.data == NULL, "all is freed");
}

static void test_full(void)
{
    char text[] = "  ";
    size_t kept = 0;

    for (int i = 0; i < FOB_CODES_MAX; i++) {
        text[0] = (char)('0' + i / 8);
        text[1] = (char)('0' + i % 8);
        kept += add(text, (uint32_t)(i * 7 % 64), 0) == FOB_OK;
    }
    tap_ok(kept == FOB_CODES_MAX, "as many as the list has room for");
    tap_ok(add("more", 0, 0) == FOB_E_TOO_LONG && codes.count == kept,
           "one more is refused");
    tap_ok(add("00", 0, 0) == FOB_OK, "but one of them may come again");
    fob_codes_free(&codes);
}

static void test_reply_codes(void)
{
    static const uint8_t want[] = {0, 0, 2, 1, 0,   0, 0,  0,
                                   0, 0, 0, 3, 'a', 0, 'b'};
    struct fob_code_box box = {10, 10, 20, 20};
    struct fob_secret reply = {0};

    tap_ok(add("", 0, 0) == FOB_OK &&
               fob_codes_add(&codes, "a\0b", 3, &box) == FOB_OK,
           "an empty text and one with a NUL");
    codes.is_incomplete = true;
    tap_ok(fob_reply_codes(&codes, &reply) == FOB_OK &&
               reply.len == sizeof(want),
           "the reply's length");
    tap_bytes(reply.data, want, sizeof(want), "the reply's bytes");
    fob_secret_free(&reply);
    codes.is_incomplete = false;
    fob_codes_free(&codes);
}

static void test_reply_fault(void)
{
    static const uint8_t want[] = {0x85, 0, 1, 0, 0, 0, 0, 2, 'n', 'o'};
    struct fob_error error = {.status = FOB_E_UNSUPPORTED, .text = "no"};
    struct fob_secret reply = {0};

    tap_ok(fob_reply_fault(&error, &reply) == FOB_OK &&
               reply.len == sizeof(want),
           "a fault's length");
    tap_bytes(reply.data, want, sizeof(want), "a fault's bytes");
    fob_secret_free(&reply);
}

int main(void)
{
    if (fob_secret_start() != FOB_OK)
        return 1;
    test_order();
    test_full();
    test_reply_codes();
    test_reply_fault();
    return tap_done();
}
