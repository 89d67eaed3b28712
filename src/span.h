/* SPDX-License-Identifier: MIT */
/* A part of a text that someone else owns; `at` is NULL for none at all. */
#ifndef FOB_SRC_SPAN_H
#define FOB_SRC_SPAN_H

#include <stdbool.h>
#include <stddef.h>

struct fob_span {
    const char *at;
    size_t len;
};

/* The text before the first NUL within `cap` bytes. */
struct fob_span fob_span_of(const char *text, size_t cap);

/* Whether the span is `word`, given in lower case, in any ASCII case. */
bool fob_span_is(struct fob_span span, const char *word);

/* Whether `word`, given in lower case, stands in it in any ASCII case. */
bool fob_span_holds(struct fob_span span, const char *word);

/* Cut off what stands before the first `mark` and return it; *span is then
 * what follows the mark.  Without a mark all is returned and *span is none. */
struct fob_span fob_span_cut(struct fob_span *span, char mark);

/* Without the characters of `set` at both ends. */
struct fob_span fob_span_trim(struct fob_span span, const char *set);

/* Without the blanks, as src/utf8.h has them, at both ends. */
struct fob_span fob_span_trim_blank(struct fob_span span);

#endif
