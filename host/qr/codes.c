/* SPDX-License-Identifier: MIT */
#include "host/qr/codes.h"

#include <string.h>

static bool codes_hold(const struct fob_codes *codes, const void *text,
                       size_t len)
{
    for (size_t i = 0; i < codes->count; i++) {
        const struct fob_secret *known = &codes->list[i].text;

        if (known->len == len && memcmp(known->data, text, len) == 0)
            return true;
    }
    return false;
}

/* Codes side by side are seldom level to the pixel. */
static bool codes_before(const struct fob_code_box *a,
                         const struct fob_code_box *b)
{
    uint32_t a_middle = a->top + (a->bottom - a->top) / 2;
    uint32_t b_middle = b->top + (b->bottom - b->top) / 2;

    if (a_middle < b->top)
        return true;
    if (b_middle < a->top)
        return false;
    return a->left < b->left;
}

enum fob_status fob_codes_add(struct fob_codes *codes, const void *text,
                              size_t len, const struct fob_code_box *box)
{
    struct fob_code code = {.box = *box};
    enum fob_status status;
    size_t at = 0;

    if (codes_hold(codes, text, len))
        return FOB_OK;
    if (codes->count == FOB_CODES_MAX)
        return FOB_E_TOO_LONG;
    status = fob_secret_copy(&code.text, text, len);
    if (status != FOB_OK)
        return status;
    while (at < codes->count && !codes_before(box, &codes->list[at].box))
        at++;
    memmove(&codes->list[at + 1], &codes->list[at],
            (codes->count - at) * sizeof(code));
    codes->list[at] = code;
    codes->count++;
    return FOB_OK;
}

void fob_codes_free(struct fob_codes *codes)
{
    for (size_t i = 0; i < codes->count; i++)
        fob_secret_free(&codes->list[i].text);
    codes->count = 0;
    codes->is_incomplete = false;
}
