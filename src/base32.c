/* SPDX-License-Identifier: MIT */
#include "src/base32.h"

#include "src/utf8.h"
#include "src/wipe.h"

#include <stdbool.h>

/* All ones when low <= value <= high, else zero; each below 2^31. */
static uint32_t mask_between(uint32_t value, uint32_t low, uint32_t high)
{
    return (((value - low) | (high - value)) >> 31) - 1;
}

static char encode_symbol(uint32_t value)
{
    uint32_t is_digit = mask_between(value, 26, 31);

    return (char)((('A' + value) & ~is_digit) |
                  (('2' + value - 26) & is_digit));
}

enum fob_status fob_base32_encode(const uint8_t *data, size_t len, char *text,
                                  size_t cap)
{
    uint32_t bits = 0;
    unsigned count = 0;
    size_t at = 0;

    if (cap == 0)
        return FOB_E_TOO_LONG;
    text[0] = '\0';
    if (len > cap || FOB_BASE32_LEN((uint64_t)len) >= cap)
        return FOB_E_TOO_LONG;
    for (size_t i = 0; i < len; i++) {
        bits = bits << 8 | data[i];
        for (count += 8; count >= 5; count -= 5)
            text[at++] = encode_symbol(bits >> (count - 5) & 31);
    }
    if (count > 0)
        text[at++] = encode_symbol(bits << (5 - count) & 31);
    text[at] = '\0';
    return FOB_OK;
}

struct decoder {
    uint8_t *data;
    size_t cap;
    size_t len; /* may pass `cap`: what there is no room for is only counted */
    bool lenient;
    unsigned count; /* the lowest bits of `bits` that are not yet put out */
    uint32_t bits;
    uint32_t bad; /* non-zero once a character was wrong */
    size_t symbols;
    size_t paddings;
};

static void decode_symbol(struct decoder *decoder, uint32_t c)
{
    uint32_t lower = mask_between(c, 'a', 'z') & (0U - decoder->lenient);
    uint32_t upper = mask_between(c, 'A', 'Z');
    uint32_t digit = mask_between(c, '2', '7');
    uint32_t value =
        ((c - 'a') & lower) | ((c - 'A') & upper) | ((c - '2' + 26) & digit);

    decoder->bad |= ~(lower | upper | digit) | (decoder->paddings != 0);
    decoder->symbols++;
    decoder->bits = decoder->bits << 5 | value;
    decoder->count += 5;
    if (decoder->count < 8)
        return;
    decoder->count -= 8;
    if (decoder->len < decoder->cap)
        decoder->data[decoder->len] =
            (uint8_t)(decoder->bits >> decoder->count);
    decoder->len++;
}

/* Control characters are told from symbols by their highest bits. */
static bool is_ascii_separator(uint8_t c)
{
    if ((c & 0x60) == 0)
        return c >= '\t' && c <= '\r';
    return c == ' ' || c == '-';
}

/* Bytes of the separator that `text` begins with; 0 for none.  That something
 * is no separator is all that this tells of a symbol. */
static size_t separator_len(const char *text, size_t len)
{
    uint32_t point;
    size_t size;

    if (((uint8_t)text[0] & 0x80) == 0)
        return is_ascii_separator((uint8_t)text[0]);
    point = fob_utf8_next(text, len, &size);
    return fob_utf8_is_blank(point) || fob_utf8_is_dash(point) ? size : 0;
}

/* Where padding and separators stand is no secret; what the symbols are is.
 * The end is that of the text, or, once a character was wrong, where the one
 * after it begins. */
static size_t decode_text(struct decoder *decoder, const char *text, size_t len)
{
    size_t at = 0, size;

    while (at < len && !decoder->bad) {
        size = decoder->lenient ? separator_len(text + at, len - at) : 0;
        if (size == 0 && text[at] == '=')
            decoder->paddings++;
        else if (size == 0)
            decode_symbol(decoder, (uint8_t)text[at]);
        at += size > 0 ? size : 1;
    }
    return at;
}

/* The shapes that the last group of eight can have. */
static bool length_fits(const struct decoder *decoder)
{
    size_t tail = decoder->symbols % 8;

    if (tail == 1 || tail == 3 || tail == 6)
        return false;
    return decoder->lenient || decoder->paddings == 0 ||
           (tail != 0 && decoder->paddings == 8 - tail);
}

static enum fob_status decode_status(const struct decoder *decoder)
{
    uint32_t unused = decoder->bits & ((1U << decoder->count) - 1);

    if (decoder->bad || !length_fits(decoder))
        return FOB_E_SYNTAX;
    if (unused && !decoder->lenient)
        return FOB_E_SYNTAX;
    return decoder->len > decoder->cap ? FOB_E_TOO_LONG : FOB_OK;
}

static enum fob_status decode_end(struct decoder *decoder, size_t *data_len)
{
    enum fob_status status = decode_status(decoder);

    *data_len = status == FOB_OK ? decoder->len : 0;
    if (status != FOB_OK)
        fob_wipe(decoder->data, decoder->cap);
    fob_wipe(decoder, sizeof(*decoder));
    return status;
}

enum fob_status fob_base32_decode(const char *text, size_t len, uint8_t *data,
                                  size_t cap, size_t *data_len)
{
    struct decoder decoder = {.data = data, .cap = cap};

    (void)decode_text(&decoder, text, len);
    return decode_end(&decoder, data_len);
}

enum fob_status fob_base32_decode_lenient(const char *text, size_t len,
                                          uint8_t *data, size_t cap,
                                          size_t *data_len)
{
    struct decoder decoder = {.data = data, .cap = cap, .lenient = true};

    (void)decode_text(&decoder, text, len);
    return decode_end(&decoder, data_len);
}

/* What the character is that the text begins with: no symbol. */
static enum fob_base32_wrong name_wrong(const char *text, size_t len)
{
    uint8_t c = (uint8_t)text[0];
    size_t size;

    if (c == '0' || c == '1' || c == '8' || c == '9')
        return FOB_BASE32_DIGIT;
    if (c < 0x80)
        return FOB_BASE32_SIGN;
    return fob_utf8_next(text, len, &size) == 0 ? FOB_BASE32_BYTE
                                                : FOB_BASE32_FOREIGN;
}

struct fob_base32_fault fob_base32_find_fault(const char *text, size_t len)
{
    struct decoder decoder = {.lenient = true};
    size_t end = decode_text(&decoder, text, len);
    struct fob_base32_fault fault = {FOB_BASE32_RIGHT, decoder.symbols};

    if (decoder.bad && decoder.paddings > 0)
        fault.wrong = FOB_BASE32_PADDING;
    else if (decoder.bad)
        fault.wrong = name_wrong(text + end - 1, len - end + 1);
    else if (decoder.symbols == 0)
        fault.wrong = FOB_BASE32_EMPTY;
    else if (!length_fits(&decoder))
        fault.wrong = FOB_BASE32_LENGTH;
    fob_wipe(&decoder, sizeof(decoder));
    return fault;
}
