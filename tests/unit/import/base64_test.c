/* SPDX-License-Identifier: MIT */
/* RFC 4648 section 10, and what decoders get wrong; OpenSSL encodes. */
#include "host/import/json/base64.h"
#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

#include <openssl/evp.h>

enum { LONGEST = 130 };

static enum fob_status decode(const char *text, uint8_t *data, size_t *len)
{
    size_t text_len = strlen(text);
    char *exact = exact_copy(text, text_len);
    uint8_t *room = exact_copy(NULL, text_len);
    enum fob_status status = base64_decode(exact, text_len, room, len);

    memcpy(data, room, *len);
    free(room);
    free(exact);
    return status;
}

static void test_rfc_vectors(void)
{
    static const char *const text[] = {
        "", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"};
    uint8_t data[16];
    size_t len;

    for (size_t i = 0; i < sizeof(text) / sizeof(*text); i++)
        tap_ok(decode(text[i], data, &len) == FOB_OK && len == i &&
                   memcmp(data, "foobar", len) == 0,
               "%zu bytes of foobar", i);
}

/* As the URL-safe alphabet without padding has it. */
static void make_url_safe(char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '+')
            *text = '-';
        if (*text == '/')
            *text = '_';
        if (*text == '=')
            *text = '\0';
    }
}

static void test_every_length(void)
{
    uint8_t data[LONGEST], got[LONGEST + 8];
    char text[2 * LONGEST];
    size_t len, wrong = 0;

    for (size_t i = 0; i < LONGEST; i++)
        data[i] = (uint8_t)(i * 167 + 13);
    for (size_t size = 0; size <= LONGEST; size++) {
        EVP_EncodeBlock((unsigned char *)text, data, (int)size);
        wrong += decode(text, got, &len) != FOB_OK || len != size ||
                 memcmp(got, data, size) != 0;
        make_url_safe(text);
        wrong += decode(text, got, &len) != FOB_OK || len != size ||
                 memcmp(got, data, size) != 0;
    }
    tap_ok(wrong == 0, "0 to %d bytes, either alphabet", LONGEST);
}

static void test_every_symbol(void)
{
    static const char symbols[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_";
    size_t wrong = 0, len;
    uint8_t data[8];

    for (int c = 1; c < 256; c++) {
        char text[] = {'A', (char)c, 'A', 'A', '\0'};
        bool good = strchr(symbols, c) != NULL;

        wrong += (decode(text, data, &len) == FOB_OK) != good;
    }
    tap_ok(wrong == 0, "all symbols and nothing else");
}

static void test_refused(void)
{
    static const char *const bad[] = {
        "A",      "AAAAA", "=",        "==",     "AA=",  "AAA==", "AAAA=",
        "AAAA==", "AA===", "AA==AAAA", "A=AA",   "AB",   "AAB",   "AB==",
        "AAB=",   "AAA A", "AAAA\n",   "AA==\n", "====", "A===",
    };
    uint8_t data[16];
    size_t len = 1;

    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        tap_ok(decode(bad[i], data, &len) == FOB_E_SYNTAX && len == 0,
               "refused: text %zu", i);
}

static void test_in_place(void)
{
    char text[] = "Zm9vYmFy";
    size_t len;

    tap_ok(base64_decode(text, 8, (uint8_t *)text, &len) == FOB_OK &&
               len == 6 && memcmp(text, "foobar", 6) == 0,
           "decodes in place");
}

int main(void)
{
    test_rfc_vectors();
    test_every_length();
    test_every_symbol();
    test_refused();
    test_in_place();
    return tap_done();
}
