/* SPDX-License-Identifier: MIT */
/* What is secret is neither branched on nor an index. */
#include "host/base/written_code.h"

#include "src/sha256.h"
#include "src/wipe.h"

#include <stdbool.h>
#include <string.h>

enum {
    GROUP = 4,
    LETTER_BITS = 5,
    LETTERS = 32,
    CODE_LETTERS = 28,
    WORD_LETTERS = 16,
    PACKED_LEN = 18, /* 140 bits, and four of nothing */
};

static const char sum_prefix[] = "fob code 1";

/* 1 if a < b, for small numbers. */
static unsigned is_below(unsigned a, unsigned b)
{
    return (a - b) >> 31;
}

/* 0 to 9, then A to Z without I, L, O and U. */
static char letter_of(unsigned value)
{
    unsigned letter = '0' + value;

    letter += is_below(9, value) * ('A' - '0' - 10);
    letter += is_below(17, value) + is_below(19, value) + is_below(21, value) +
              is_below(26, value);
    return (char)letter;
}

static unsigned is_equal(unsigned a, unsigned b)
{
    return is_below(a ^ b, 1);
}

/* LETTERS for a letter that has no value. */
static unsigned value_of(unsigned letter)
{
    unsigned found = LETTERS;

    letter -= is_below('a' - 1, letter) * is_below(letter, 'z' + 1) * 32;
    letter -= is_equal(letter, 'I') * ('I' - '1') +
              is_equal(letter, 'L') * ('L' - '1') +
              is_equal(letter, 'O') * ('O' - '0');
    for (unsigned value = 0; value < LETTERS; value++)
        found ^= (0U - is_equal(letter, (unsigned char)letter_of(value))) &
                 (found ^ value);
    return found;
}

/* Bits `at` to `at` + 4, the highest first. */
static unsigned get_letter(const uint8_t *data, size_t at)
{
    unsigned pair = (unsigned)data[at / 8] << 8 | data[at / 8 + 1];

    return pair >> (16 - LETTER_BITS - at % 8) & (LETTERS - 1);
}

static void put_letter(uint8_t *data, size_t at, unsigned value)
{
    unsigned pair = value << (16 - LETTER_BITS - at % 8);

    data[at / 8] |= (uint8_t)(pair >> 8);
    data[at / 8 + 1] |= (uint8_t)pair;
}

/* `data` has a byte more than the letters fill. */
static void format_letters(const uint8_t *data, size_t letters, char *text)
{
    for (size_t i = 0; i < letters; i++) {
        if (i > 0 && i % GROUP == 0)
            *text++ = '-';
        *text++ = letter_of(get_letter(data, i * LETTER_BITS));
    }
    *text = '\0';
}

static void put_sum(uint8_t packed[static PACKED_LEN + 1])
{
    struct fob_digest digest;
    uint8_t hash[FOB_SHA256_LEN];

    fob_digest_init(&digest, &fob_sha256);
    fob_digest_update(&digest, sum_prefix, sizeof(sum_prefix) - 1);
    fob_digest_update(&digest, packed, FOB_WRITTEN_CODE_LEN);
    fob_digest_final(&digest, hash);
    packed[FOB_WRITTEN_CODE_LEN] = hash[0];
    packed[FOB_WRITTEN_CODE_LEN + 1] = hash[1] & 0xf0;
    fob_wipe(hash, sizeof(hash));
}

void fob_written_code_format(const uint8_t code[static FOB_WRITTEN_CODE_LEN],
                             char text[static FOB_WRITTEN_CODE_TEXT_LEN + 1])
{
    uint8_t packed[PACKED_LEN + 1] = {0};

    memcpy(packed, code, FOB_WRITTEN_CODE_LEN);
    put_sum(packed);
    format_letters(packed, CODE_LETTERS, text);
    fob_wipe(packed, sizeof(packed));
}

void fob_written_word_format(const uint8_t word[static FOB_WRITTEN_WORD_LEN],
                             char text[static FOB_WRITTEN_WORD_TEXT_LEN + 1])
{
    uint8_t packed[FOB_WRITTEN_WORD_LEN + 1] = {0};

    memcpy(packed, word, FOB_WRITTEN_WORD_LEN);
    format_letters(packed, WORD_LETTERS, text);
    fob_wipe(packed, sizeof(packed));
}

static bool is_between(unsigned char byte)
{
    return byte == ' ' || byte == '-' || byte == '\t' || byte == '\r' ||
           byte == '\n';
}

static enum fob_status read_letters(const uint8_t *text, size_t len,
                                    uint8_t packed[static PACKED_LEN + 1])
{
    unsigned unknown = 0;
    size_t count = 0;

    for (size_t i = 0; i < len; i++) {
        unsigned value;

        if (is_between(text[i]))
            continue;
        if (count == CODE_LETTERS)
            return FOB_E_TOO_LONG;
        value = value_of(text[i]);
        unknown |= value & LETTERS;
        put_letter(packed, count++ * LETTER_BITS, value & (LETTERS - 1));
    }
    if (unknown != 0)
        return FOB_E_SYNTAX;
    return count < CODE_LETTERS ? FOB_E_TOO_SHORT : FOB_OK;
}

enum fob_status
fob_written_code_parse(const void *text, size_t len,
                       uint8_t code[static FOB_WRITTEN_CODE_LEN])
{
    uint8_t packed[PACKED_LEN + 1] = {0}, again[PACKED_LEN + 1] = {0};
    enum fob_status status = read_letters(text, len, packed);

    memcpy(again, packed, FOB_WRITTEN_CODE_LEN);
    put_sum(again);
    if (status == FOB_OK && !fob_equal(again, packed, sizeof(again)))
        status = FOB_E_DAMAGED;
    memcpy(code, packed, FOB_WRITTEN_CODE_LEN);
    if (status != FOB_OK)
        fob_wipe(code, FOB_WRITTEN_CODE_LEN);
    fob_wipe(packed, sizeof(packed));
    fob_wipe(again, sizeof(again));
    return status;
}
