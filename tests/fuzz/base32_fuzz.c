/* SPDX-License-Identifier: MIT */
/* Any text: what is decoded encodes to the text again; and any bytes: what
 * is encoded decodes to the bytes again. */
#include "src/base32.h"
#include "tests/lib/exact.h"

#include <stdbool.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void check(int good)
{
    if (!good)
        abort();
}

static void check_zeros(const uint8_t *data, size_t len)
{
    for (size_t i = 0; i < len; i++)
        check(data[i] == 0);
}

/* A strict text is the one encoding of its data, but for the padding. */
static void check_strict(const char *text, size_t len, const uint8_t *data,
                         size_t data_len)
{
    size_t cap = FOB_BASE32_LEN(data_len) + 1;
    char *again = exact_copy(NULL, cap);
    uint8_t *lenient = exact_copy(NULL, data_len);
    size_t lenient_len;

    check(fob_base32_encode(data, data_len, again, cap) == FOB_OK);
    check(cap - 1 <= len && memcmp(again, text, cap - 1) == 0);
    check(fob_base32_decode_lenient(text, len, lenient, data_len,
                                    &lenient_len) == FOB_OK);
    check(lenient_len == data_len && !memcmp(lenient, data, data_len));
    free(again);
    free(lenient);
}

/* One byte less of room than is needed is told, and nothing is left. */
static void check_room(const char *text, size_t len, size_t needed)
{
    uint8_t *data;
    size_t got_len;

    if (needed == 0)
        return;
    data = exact_copy(NULL, needed - 1);
    check(fob_base32_decode_lenient(text, len, data, needed - 1, &got_len) ==
          FOB_E_TOO_LONG);
    check(got_len == 0);
    check_zeros(data, needed - 1);
    free(data);
}

/* A fault is told of what is refused, and of that alone. */
static void check_fault(const char *text, size_t len, bool is_refused)
{
    struct fob_base32_fault fault = fob_base32_find_fault(text, len);

    check(fault.place <= len);
    if (fault.wrong != FOB_BASE32_EMPTY)
        check((fault.wrong != FOB_BASE32_RIGHT) == is_refused);
}

static void try_decode(const char *text, size_t len)
{
    uint8_t *data = exact_copy(NULL, len);
    size_t data_len;
    enum fob_status status;

    if (fob_base32_decode(text, len, data, len, &data_len) == FOB_OK)
        check_strict(text, len, data, data_len);
    else
        check_zeros(data, len);
    status = fob_base32_decode_lenient(text, len, data, len, &data_len);
    check_fault(text, len, status != FOB_OK);
    if (status == FOB_OK)
        check_room(text, len, data_len);
    else
        check_zeros(data, len);
    free(data);
}

static void try_encode(const uint8_t *data, size_t len)
{
    size_t cap = FOB_BASE32_LEN(len) + 1, back_len;
    char *text = exact_copy(NULL, cap);
    uint8_t *back = exact_copy(NULL, len);

    check(fob_base32_encode(data, len, text, cap - 1) == FOB_E_TOO_LONG);
    check(fob_base32_encode(data, len, text, cap) == FOB_OK);
    check(fob_base32_decode(text, cap - 1, back, len, &back_len) == FOB_OK);
    check(back_len == len && memcmp(back, data, len) == 0);
    free(text);
    free(back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    char *text = exact_copy(data, len);

    try_decode(text, len);
    try_encode(data, len);
    free(text);
    return 0;
}
