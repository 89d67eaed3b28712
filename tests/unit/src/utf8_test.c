/* SPDX-License-Identifier: MIT */
#include "src/utf8.h"
#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

static bool is_text(const char *text, size_t len)
{
    char *exact = exact_copy(text, len);
    bool good = fob_utf8_is_text(exact, len);

    free(exact);
    return good;
}

/* Bytes of the UTF-8 form of `value`, by RFC 3629 section 3's table. */
static size_t encode(uint32_t value, char out[4])
{
    static const struct {
        uint32_t below;
        uint8_t lead;
    } forms[] = {{0x80, 0}, {0x800, 0xc0}, {0x10000, 0xe0}, {0x200000, 0xf0}};
    size_t len = 0;

    while (value >= forms[len].below)
        len++;
    for (size_t i = len; i > 0; i--) {
        out[i] = (char)(0x80 | (value & 0x3f));
        value >>= 6;
    }
    out[0] = (char)(forms[len].lead | value);
    return len + 1;
}

static bool is_shown(uint32_t value)
{
    if (value < 0x20 || (value >= 0x7f && value < 0xa0))
        return false;
    return (value < 0xd800 || value >= 0xe000) && value < 0x110000;
}

static void test_every_code_point(void)
{
    unsigned wrong = 0;

    for (uint32_t value = 0; value < 0x200000; value++) {
        char form[4];
        size_t len = encode(value, form);

        wrong += fob_utf8_is_text(form, len) != is_shown(value);
    }
    tap_ok(wrong == 0, "every code point is judged right");
}

static void test_cut_sequences(void)
{
    static const char text[] = "\xf0\x9f\x94\x91";

    tap_ok(is_text(text, 4), "a key is text");
    for (size_t len = 1; len < 4; len++)
        tap_ok(!is_text(text, len), "its first %d bytes are not", (int)len);
    for (size_t from = 1; from < 4; from++)
        tap_ok(!is_text(text + from, 4 - from), "nor those after its first %d",
               (int)from);
}

static void test_malformed(void)
{
    static const char *const texts[] = {
        "\xc0\x80",
        "\xc1\x81",
        "\xe0\x80\x80",
        "\xe0\x9f\xbf",
        "\xf0\x80\x80\x80",
        "\xf0\x8f\xbf\xbf",
        "\xed\xa0\x80",
        "\xed\xbf\xbf",
        "\xf4\x90\x80\x80",
        "\xf5\x80\x80\x80",
        "\xf8\x88\x80\x80",
        "\xff",
        "\xfe",
        "a\x80z",
        "\xc3(",
        "\xe2\x28\xa1",
        "\xe2\x82(",
        "\xf0\x28\x8c\xbc",
    };

    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
        tap_ok(!is_text(texts[i], strlen(texts[i])), "malformed text %d",
               (int)i);
}

int main(void)
{
    tap_ok(is_text("", 0), "nothing is text");
    tap_ok(is_text("Gr\xc3\xbc\xc3\x9f"
                   "e, \xe4\xb8\x96\xe7\x95\x8c",
                   15),
           "text in several scripts");
    tap_ok(!is_text("a\0b", 3), "a NUL is no text");
    test_every_code_point();
    test_cut_sequences();
    test_malformed();
    return tap_done();
}
