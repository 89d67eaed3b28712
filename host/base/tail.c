/* SPDX-License-Identifier: MIT */
#include "host/base/tail.h"

#include <string.h>

void fob_tail_add(struct fob_tail *tail, const void *bytes, size_t len)
{
    const char *at = bytes;
    size_t kept;

    if (len > FOB_TAIL_MAX) {
        tail->is_cut = true;
        at += len - FOB_TAIL_MAX;
        len = FOB_TAIL_MAX;
    }
    kept = FOB_TAIL_MAX - len;
    if (tail->len > kept) {
        tail->is_cut = true;
        memmove(tail->text, tail->text + tail->len - kept, kept);
        tail->len = kept;
    }
    for (size_t i = 0; i < len; i++)
        tail->text[tail->len++] = at[i] == '\0' ? ' ' : at[i];
    tail->text[tail->len] = '\0';
}

/* The first character of a cut text may be half of one. */
static size_t skip_half(const struct fob_tail *tail)
{
    size_t at = 0;

    while (tail->is_cut && at < tail->len && at < 3 &&
           ((unsigned char)tail->text[at] & 0xc0) == 0x80)
        at++;
    return at;
}

void fob_tail_fold(struct fob_tail *tail)
{
    static const char dots[] = "...";
    size_t len = 0;

    for (size_t i = skip_half(tail); i < tail->len; i++) {
        bool is_space = strchr(" \t\r\n\v\f", tail->text[i]) != NULL;

        if (!is_space)
            tail->text[len++] = tail->text[i];
        else if (len > 0 && tail->text[len - 1] != ' ')
            tail->text[len++] = ' ';
    }
    while (len > 0 && tail->text[len - 1] == ' ')
        len--;
    if (tail->is_cut && len > strlen(dots))
        memcpy(tail->text, dots, strlen(dots));
    tail->text[len] = '\0';
    tail->len = len;
}
