/* SPDX-License-Identifier: MIT */
#include "host/export/bytes_out.h"

#include "src/wipe.h"

#include <string.h>

void bytes_out_put(struct bytes_out *out, const void *data, size_t len)
{
    if (out->status == FOB_OK)
        out->status = fob_secret_append(&out->data, data, len);
}

void bytes_out_put_text(struct bytes_out *out, const char *text)
{
    bytes_out_put(out, text, strlen(text));
}

void bytes_out_put_number(struct bytes_out *out, uint64_t number)
{
    char digits[20];
    size_t at = sizeof(digits);

    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    bytes_out_put(out, digits + at, sizeof(digits) - at);
}

void bytes_out_put_hex(struct bytes_out *out, const uint8_t *data, size_t len)
{
    static const char hex[] = "0123456789abcdef";

    for (size_t i = 0; i < len; i++) {
        const char pair[] = {hex[data[i] >> 4], hex[data[i] & 15]};

        bytes_out_put(out, pair, sizeof(pair));
    }
}

/* 1 from b on, 0 below. */
static uint32_t one_from(uint32_t a, uint32_t b)
{
    return 1 - ((a - b) >> 31);
}

/* The letter of six bits that may be of a seed: no look-up, no branch. */
static char make_letter(uint32_t bits)
{
    uint32_t letter = 'A' + bits;

    letter += one_from(bits, 26) * ('a' - 'A' - 26);
    letter -= one_from(bits, 52) * ('a' + 26 - '0');
    letter -= one_from(bits, 62) * ('0' + 10 - '+');
    letter += one_from(bits, 63) * ('/' - '+' - 1);
    return (char)letter;
}

static void put_three(struct bytes_out *out, const uint8_t *data, size_t len)
{
    uint32_t bits = 0;
    char letters[4];

    for (size_t i = 0; i < 3; i++)
        bits = bits << 8 | (i < len ? data[i] : 0);
    for (size_t i = 0; i < sizeof(letters); i++)
        letters[i] = i > len ? '=' : make_letter(bits >> (18 - 6 * i) & 63);
    bytes_out_put(out, letters, sizeof(letters));
    fob_wipe(letters, sizeof(letters));
}

void bytes_out_put_base64(struct bytes_out *out, const uint8_t *data,
                          size_t len)
{
    for (size_t i = 0; i < len; i += 3)
        put_three(out, data + i, len - i < 3 ? len - i : 3);
}

void bytes_out_put_string(struct bytes_out *out, const char *text)
{
    bytes_out_put(out, "\"", 1);
    for (; *text != '\0'; text++) {
        const uint8_t byte = (uint8_t)*text;

        if (byte < ' ') {
            bytes_out_put_text(out, "\\u00");
            bytes_out_put_hex(out, &byte, 1);
            continue;
        }
        if (byte == '"' || byte == '\\')
            bytes_out_put(out, "\\", 1);
        bytes_out_put(out, text, 1);
    }
    bytes_out_put(out, "\"", 1);
}

void bytes_out_free(struct bytes_out *out)
{
    fob_secret_free(&out->data);
    *out = (struct bytes_out){0};
}
