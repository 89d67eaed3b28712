/* SPDX-License-Identifier: MIT */
#include "host/base/written_code.h"
#include "tests/lib/tap.h"

/* Made by tests/vectors/backup_codec.py, from docs/backup-format.md. */
static const uint8_t code[FOB_WRITTEN_CODE_LEN] = {
    0xb6, 0x5e, 0xa7, 0xbe, 0xe5, 0x89, 0x4f, 0x13,
    0xaa, 0xbe, 0x17, 0x49, 0x46, 0xa8, 0x45, 0x81};
static const char text[] = "PSFA-FFQ5-H57H-7ANY-2X4M-DA25-G54Y";

static enum fob_status parse(const char *from,
                             uint8_t got[static FOB_WRITTEN_CODE_LEN])
{
    return fob_written_code_parse(from, strlen(from), got);
}

static void writes(void)
{
    static const uint8_t word[FOB_WRITTEN_WORD_LEN] = {
        0x00, 0x44, 0x32, 0x14, 0xc7, 0x42, 0x54, 0xb6, 0x35, 0xcf};
    char got[FOB_WRITTEN_CODE_TEXT_LEN + 1];
    char short_one[FOB_WRITTEN_WORD_TEXT_LEN + 1];

    fob_written_code_format(code, got);
    tap_ok(strcmp(got, text) == 0, "a code is written in groups: %s", got);
    fob_written_word_format(word, short_one);
    tap_ok(strcmp(short_one, "0123-4567-89AB-CDEF") == 0,
           "values 0 to 15 are the digits of hex: %s", short_one);
}

static void letters(void)
{
    static const uint8_t word[FOB_WRITTEN_WORD_LEN] = {
        0x84, 0x65, 0x3a, 0x56, 0xd7, 0xc6, 0x75, 0xbe, 0x77, 0xdf};
    char got[FOB_WRITTEN_WORD_TEXT_LEN + 1];

    fob_written_word_format(word, got);
    tap_ok(strcmp(got, "GHJK-MNPQ-RSTV-WXYZ") == 0,
           "16 to 31 are letters without I, L, O and U: %s", got);
}

static void reads(void)
{
    uint8_t got[FOB_WRITTEN_CODE_LEN];

    tap_ok(parse(text, got) == FOB_OK && memcmp(got, code, sizeof(got)) == 0,
           "what was written is read");
    tap_ok(parse("  psfa ffq5 h57h 7any\n2x4m-da25--g54y\r\n", got) == FOB_OK &&
               memcmp(got, code, sizeof(got)) == 0,
           "in lower case, with spaces and dashes anywhere");
}

/* Its code begins with 1111-0000. */
static void look_alikes(void)
{
    static const uint8_t ones[FOB_WRITTEN_CODE_LEN] = {0x08, 0x42, 0x10};
    uint8_t got[FOB_WRITTEN_CODE_LEN];
    char alike[FOB_WRITTEN_CODE_TEXT_LEN + 1];

    fob_written_code_format(ones, alike);
    tap_ok(strncmp(alike, "1111-0000-", 10) == 0, "ones and noughts");
    memcpy(alike, "iIlL-oO0o-", 10);
    tap_ok(parse(alike, got) == FOB_OK && memcmp(got, ones, sizeof(got)) == 0,
           "are read from letters that look like them");
}

static void every_slip(void)
{
    static const char all[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    uint8_t got[FOB_WRITTEN_CODE_LEN];
    unsigned taken = 0, tried = 0;

    for (size_t at = 0; text[at] != '\0'; at++) {
        char slip[sizeof(text)];

        for (size_t i = 0; text[at] != '-' && all[i] != '\0'; i++) {
            memcpy(slip, text, sizeof(slip));
            slip[at] = all[i];
            if (all[i] == text[at])
                continue;
            tried++;
            taken += parse(slip, got) != FOB_E_DAMAGED;
        }
    }
    tap_ok(tried == 28 * 31 && taken <= 2, "of %u slips %u pass", tried, taken);
}

static void refuses(void)
{
    static const uint8_t none[FOB_WRITTEN_CODE_LEN];
    uint8_t got[FOB_WRITTEN_CODE_LEN];

    tap_ok(parse("", got) == FOB_E_TOO_SHORT, "nothing is too short");
    tap_ok(parse("PSFA-FFQ5-H57H-7ANY-2X4M-DA25-G54", got) == FOB_E_TOO_SHORT,
           "so is a letter less");
    tap_ok(parse("PSFA-FFQ5-H57H-7ANY-2X4M-DA25-G54Y0", got) == FOB_E_TOO_LONG,
           "a letter more is too long");
    tap_ok(parse("PSFU-FFQ5-H57H-7ANY-2X4M-DA25-G54Y", got) == FOB_E_SYNTAX,
           "U is no letter of a code");
    tap_ok(parse("PSF\xc3-FFQ5-H57H-7ANY-2X4M-DA25-G54Y", got) == FOB_E_SYNTAX,
           "nor is a byte that is none");
    tap_ok(parse("QSFA-FFQ5-H57H-7ANY-2X4M-DA25-G54Y", got) == FOB_E_DAMAGED &&
               memcmp(got, none, sizeof(got)) == 0,
           "a slip is told, and nothing is left");
}

int main(void)
{
    writes();
    letters();
    reads();
    look_alikes();
    every_slip();
    refuses();
    return tap_done();
}
