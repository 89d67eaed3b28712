/* SPDX-License-Identifier: MIT */
#include "src/base32.h"
#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

typedef enum fob_status decoder(const char *, size_t, uint8_t *, size_t,
                                size_t *);

/* RFC 4648 section 10. */
static const struct {
    const char *data, *text;
} vectors[] = {
    {"", ""},
    {"f", "MY======"},
    {"fo", "MZXQ===="},
    {"foo", "MZXW6==="},
    {"foob", "MZXW6YQ="},
    {"fooba", "MZXW6YTB"},
    {"foobar", "MZXW6YTBOI======"},
};

/* What `text` decodes to is `data`, in room of exactly that size. */
static bool decodes(decoder *decode, const char *text, const char *data)
{
    size_t text_len = strlen(text), data_len = strlen(data), got_len = 99;
    char *in = exact_copy(text, text_len);
    uint8_t *got = exact_copy(NULL, data_len);
    bool good = decode(in, text_len, got, data_len, &got_len) == FOB_OK &&
                got_len == data_len &&
                (data_len == 0 || memcmp(got, data, data_len) == 0);

    free(in);
    free(got);
    return good;
}

static enum fob_status refuses(decoder *decode, const char *text, size_t cap)
{
    static const uint8_t zeros[32];
    size_t text_len = strlen(text), got_len = 99;
    char *in = exact_copy(text, text_len);
    uint8_t *got = exact_copy(NULL, cap);
    enum fob_status status;

    memset(got, 0xa5, cap);
    status = decode(in, text_len, got, cap, &got_len);
    if (got_len != 0 || (cap > 0 && memcmp(got, zeros, cap) != 0))
        status = FOB_OK;
    free(in);
    free(got);
    return status;
}

static void test_vectors(void)
{
    for (size_t i = 0; i < sizeof(vectors) / sizeof(*vectors); i++) {
        const char *data = vectors[i].data, *text = vectors[i].text;
        size_t len = strcspn(text, "=");
        char *out = exact_copy(NULL, len + 1);
        char bare[24] = "";

        memcpy(bare, text, len);
        tap_ok(fob_base32_encode((const uint8_t *)data, strlen(data), out,
                                 len + 1) == FOB_OK &&
                   strcmp(out, bare) == 0 &&
                   FOB_BASE32_LEN(strlen(data)) == len,
               "encode \"%s\"", data);
        tap_ok(decodes(fob_base32_decode, text, data), "decode %s", text);
        tap_ok(decodes(fob_base32_decode, bare, data), "decode %s", bare);
        free(out);
    }
}

static void test_encode_bounds(void)
{
    char *text = exact_copy("xxxxx", 5);

    tap_ok(fob_base32_encode((const uint8_t *)"foo", 3, text, 5) ==
                   FOB_E_TOO_LONG &&
               text[0] == '\0',
           "no room for the NUL leaves no text");
    tap_ok(fob_base32_encode((const uint8_t *)"foo", 3, NULL, 0) ==
               FOB_E_TOO_LONG,
           "no room at all");
    tap_ok(fob_base32_encode((const uint8_t *)"foo", SIZE_MAX / 8, text, 5) ==
               FOB_E_TOO_LONG,
           "a length whose product would wrap");
    free(text);
}

static void test_strict(void)
{
    static const char *const wrong[] = {
        "M",
        "MZX",
        "MZXW6Y",
        "MZXW6YTBM", /* lengths */
        "MY=",
        "MY=====",
        "MY=======",
        "MZXW6YTB=", /* padding */
        "MZXW6YTB========",
        "========",
        "=",
        "M=Y=====",
        "MY======MY======",
        "MZ======",
        "MZXR",
        "MZXW7",
        "MZXW6YR", /* unused bits */
        "my======",
        "MZxQ",
        "MZ XQ",
        "MZ-XQ", /* other signs */
        "MZX0",
        "MZX1",
        "MZX8",
        "MZX9",
        "MZX@",
        "MZX[",
        "MZX`",
        "MZX{",
        "MZX\x80",
        "MZX\xff",
        "MZXQ\n",
        "MZX/",
        "MZX:",
        "\xc3\x81XQ",
    };

    for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
        tap_ok(refuses(fob_base32_decode, wrong[i], 32) == FOB_E_SYNTAX,
               "strict refuses %s", wrong[i]);
}

static void test_lenient(void)
{
    static const char *const good[] = {
        "mzxw6ytboi",
        "MZXW 6YTB OI",
        "mzxw-6ytb-oi==",
        " MZXW6YTBOI ",
        "MZXW\t6YTBOI=",
        "MZXW6YTBOI= = =",
        "-M-Z-X-W6YTBOI",
        "MZXW6YTBOJ",
        "MZXW6YTBOI============",
        "MZXW6\r\nYTBOI\r\n",
        "\xef\xbb\xbfMZXW6YTBOI", /* lines, a mark */
        "MZXW\xc2\xa0"
        "6YTB\xe2\x80\x89OI", /* no-break and thin space */
        "MZXW\xe3\x80\x80"
        "6YTB\xe2\x80\x8bOI\v\f", /* wide, of no width */
        "MZXW\xe2\x80\x93"
        "6YTB\xc2\xadOI\xe2\x80\xa8", /* dash, hyphen */
    };
    static const char *const wrong[] = {
        "M",        "MZX",          "MZXW6Y",   "MZXQ=M",
        "MZX1",     "MZX0",         "MZXQ+",    "MZX\xff",
        "MZXQ\xc2", "MZXQ\xd0\x90", "MZXQ\xa0", "MZXQ\xe2\x80"};

    for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
        tap_ok(decodes(fob_base32_decode_lenient, good[i], "foobar"),
               "lenient reads text %d", (int)i);
    for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
        tap_ok(refuses(fob_base32_decode_lenient, wrong[i], 32) == FOB_E_SYNTAX,
               "lenient refuses wrong text %d", (int)i);
}

static void test_faults(void)
{
    static const struct {
        const char *text;
        struct fob_base32_fault fault;
    } faults[] = {
        {"MZXW6YTBOI", {FOB_BASE32_RIGHT, 10}},
        {"", {FOB_BASE32_EMPTY, 0}},
        {" \xc2\xa0\r\n==", {FOB_BASE32_EMPTY, 0}},
        {"0", {FOB_BASE32_DIGIT, 1}},
        {"MZ XW\t-8", {FOB_BASE32_DIGIT, 5}},
        {"MZXW=6YTB", {FOB_BASE32_PADDING, 5}},
        {"MZ:XW", {FOB_BASE32_SIGN, 3}},
        {"MZ\x01XW", {FOB_BASE32_SIGN, 3}},
        {"\xd0\x9cZXW", {FOB_BASE32_FOREIGN, 1}},
        {"MZXW\xff", {FOB_BASE32_BYTE, 5}},
        {"MZXW\xe2\x80", {FOB_BASE32_BYTE, 5}},
        {"MZXW 6YTB O", {FOB_BASE32_LENGTH, 9}},
        {"MZX===", {FOB_BASE32_LENGTH, 3}},
    };

    for (size_t i = 0; i < sizeof(faults) / sizeof(*faults); i++) {
        size_t len = strlen(faults[i].text);
        char *exact = exact_copy(faults[i].text, len);
        struct fob_base32_fault got = fob_base32_find_fault(exact, len);

        tap_ok(got.wrong == faults[i].fault.wrong &&
                   got.place == faults[i].fault.place,
               "fault %d of text %d", (int)faults[i].fault.wrong, (int)i);
        free(exact);
    }
}

static void test_decode_bounds(void)
{
    tap_ok(refuses(fob_base32_decode, "MZXW6YTBOI", 5) == FOB_E_TOO_LONG,
           "a byte more than the room");
    tap_ok(refuses(fob_base32_decode, "MZXW6YTBOI", 0) == FOB_E_TOO_LONG,
           "no room");
}

static void test_every_character(void)
{
    static const char symbols[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    unsigned wrong = 0;

    for (int c = 1; c < 256; c++) {
        char text[] = {'A', (char)c, '\0'};
        const char *symbol = strchr(symbols, c);
        uint8_t byte = 0xa5;
        size_t len;
        enum fob_status status =
            fob_base32_decode_lenient(text, 2, &byte, 1, &len);

        if (c >= 'a' && c <= 'z')
            symbol = strchr(symbols, c - 'a' + 'A');
        wrong += symbol == NULL
                     ? status != FOB_E_SYNTAX
                     : status != FOB_OK || byte != (symbol - symbols) >> 2;
    }
    tap_ok(wrong == 0, "every character has its value or none");
}

int main(void)
{
    test_vectors();
    test_encode_bounds();
    test_strict();
    test_lenient();
    test_faults();
    test_decode_bounds();
    test_every_character();
    return tap_done();
}
