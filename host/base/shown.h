/* SPDX-License-Identifier: MIT */
/*
 * Text from elsewhere (files, QR codes, servers, tokens) as a person may be
 * shown it.  What a terminal would act on or would not show is spelled out:
 * \u{202e} for a character, \x9b for a byte that is no UTF-8.  Letters of all
 * scripts pass; so do what joins letters or makes up an emoji, where there is
 * such a letter before it.
 */
#ifndef FOB_HOST_BASE_SHOWN_H
#define FOB_HOST_BASE_SHOWN_H

#include <stdbool.h>
#include <stddef.h>

enum { FOB_SHOWN_GROWTH = 6 }; /* bytes out for one in, at most */

/* As much of the text as fits, cut between characters, with a NUL behind it;
 * `cap` is not 0.  Gives the length.  What was shown once is left alone. */
size_t fob_shown_put(char *out, size_t cap, const void *text, size_t len);

/* The same for a text of several lines, whose ends stay: of fob's own words,
 * with nothing in them that could bring a line of its own. */
size_t fob_shown_put_lines(char *out, size_t cap, const char *text);

/* Whether all of it is shown as it is. */
bool fob_shown_is_plain(const void *text, size_t len);

/* Whether a character is one that nobody would see: a control character of C0
 * or C1, one that turns the direction of writing, joins, ends a line or has no
 * width. */
bool fob_shown_is_hidden(unsigned point);

#endif
