/* SPDX-License-Identifier: MIT */
#include "src/span.h"

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
