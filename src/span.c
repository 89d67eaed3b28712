/* SPDX-License-Identifier: MIT */
#include "src/span.h"

#include "src/utf8.h"

struct fob_span fob_span_of(const char *text, size_t cap)
{
    struct fob_span span = {text, 0};

    while (span.len < cap && text[span.len] != '\0')
        span.len++;
    return span;
}

static char to_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool fob_span_is(struct fob_span span, const char *word)
{
    size_t i = 0;

    while (i < span.len && word[i] != '\0' && to_lower(span.at[i]) == word[i])
        i++;
    return i == span.len && word[i] == '\0';
}

bool fob_span_holds(struct fob_span span, const char *word)
{
    const size_t len = fob_span_of(word, SIZE_MAX).len;

    for (; span.len >= len; span.at++, span.len--)
        if (fob_span_is((struct fob_span){span.at, len}, word))
            return true;
    return false;
}

struct fob_span fob_span_cut(struct fob_span *span, char mark)
{
    struct fob_span head = *span;

    for (size_t i = 0; i < head.len; i++) {
        if (head.at[i] == mark) {
            span->at += i + 1;
            span->len -= i + 1;
            head.len = i;
            return head;
        }
    }
    *span = (struct fob_span){0};
    return head;
}

static bool is_one_of(char c, const char *set)
{
    while (*set != '\0' && *set != c)
        set++;
    return *set != '\0';
}

struct fob_span fob_span_trim(struct fob_span span, const char *set)
{
    while (span.len > 0 && is_one_of(span.at[0], set)) {
        span.at++;
        span.len--;
    }
    while (span.len > 0 && is_one_of(span.at[span.len - 1], set))
        span.len--;
    return span;
}

/* The size of the blank that the text ends with, or 0. */
static size_t last_blank(struct fob_span text)
{
    size_t back = 1, size;

    while (back < text.len && back < 3 &&
           ((unsigned char)text.at[text.len - back] & 0xc0) == 0x80)
        back++;
    if (!fob_utf8_is_blank(
            fob_utf8_next(text.at + text.len - back, back, &size)))
        return 0;
    return size == back ? size : 0;
}

struct fob_span fob_span_trim_blank(struct fob_span span)
{
    size_t size;

    while (span.len > 0 &&
           fob_utf8_is_blank(fob_utf8_next(span.at, span.len, &size))) {
        span.at += size;
        span.len -= size;
    }
    while (span.len > 0 && (size = last_blank(span)) > 0)
        span.len -= size;
    return span;
}
