/* SPDX-License-Identifier: MIT */
#include "host/base/six_digits.h"

#include <string.h>

bool fob_six_digits(const void *typed, size_t len,
                    char code[static FOB_SIX_DIGITS + 1])
{
    const char *text = typed;
    size_t count = 0;
    bool is_good = true;

    for (size_t i = 0; i < len && is_good; i++) {
        bool is_digit = text[i] >= '0' && text[i] <= '9';

        is_good =
            text[i] != '\0' && (is_digit ? count < FOB_SIX_DIGITS
                                         : strchr(" \t\r\n-", text[i]) != NULL);
        if (is_good && is_digit)
            code[count++] = text[i];
    }
    is_good = is_good && count == FOB_SIX_DIGITS;
    code[is_good ? count : 0] = '\0';
    return is_good;
}
