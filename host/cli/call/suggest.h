/* SPDX-License-Identifier: MIT */
/* The word that a mistyped one may have been meant for. */
#ifndef FOB_HOST_CLI_CALL_SUGGEST_H
#define FOB_HOST_CLI_CALL_SUGGEST_H

#include <stdbool.h>
#include <stddef.h>

enum { SUGGEST_WORD_LEN = 24, SUGGEST_NAMES_MAX = 64, SUGGEST_TEXT_CAP = 128 };

struct suggest {
    const char *name[SUGGEST_NAMES_MAX]; /* what would have been right */
    size_t count;
};

/* One more; those beyond SUGGEST_NAMES_MAX are never suggested. */
void suggest_add(struct suggest *suggest, const char *name);

/* Whether `len` bytes look like the name of a command or an option: what else
 * was typed there may be a secret, and is not repeated. */
bool suggest_is_name(const char *word, size_t len);

/* " --wrod (did you mean --word?)" with `dashes` of "--", " --wrod" when
 * nothing is like it, "" when it may not be repeated. */
void suggest_put(const struct suggest *suggest, const char *dashes,
                 const char *word, size_t len,
                 char text[static SUGGEST_TEXT_CAP]);

#endif
