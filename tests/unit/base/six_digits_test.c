/* SPDX-License-Identifier: MIT */
/* What is taken for a code that a person typed. */
#include "host/base/six_digits.h"

#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

static const struct typed_case {
    const char *typed;
    const char *code; /* "": none */
} cases[] = {
    {"123456", "123456"},   {"000000", "000000"},
    {"908070", "908070"},   {"123 456", "123456"},
    {"12-34-56", "123456"}, {" 123456\r\n", "123456"},
    {"12345", ""},          {"1234567", ""},
    {"12345x", ""},         {"", ""},
    {"12345\xd9\xa6", ""},  {"123456 7", ""},
    {"+12345", ""},
};

int main(void)
{
    char code[FOB_SIX_DIGITS + 1];
    const char cut[] = {'1', '2', '3', '\0', '4', '5', '6'};

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        size_t len = strlen(cases[i].typed);
        uint8_t *typed = exact_copy((const uint8_t *)cases[i].typed, len);

        tap_ok(fob_six_digits(typed, len, code) == (cases[i].code[0] != '\0') &&
                   strcmp(code, cases[i].code) == 0,
               "case %zu: %s", i, cases[i].code[0] ? cases[i].code : "no code");
        free(typed);
    }
    tap_ok(!fob_six_digits(cut, sizeof(cut), code) && code[0] == '\0',
           "a NUL is no digit");
    return tap_done();
}
