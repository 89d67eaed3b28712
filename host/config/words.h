/* SPDX-License-Identifier: MIT */
/* Words as a shell splits them, and as Python's shlex.split() does: blanks
 * between words, 'single' and "double" quotes, backslash. */
#ifndef FOB_HOST_CONFIG_WORDS_H
#define FOB_HOST_CONFIG_WORDS_H

#include <stdbool.h>

/* Split `text` in place into its words, each NUL-ended, the first `max` of
 * them in `words`.  The number of words there are, or -1 for an open quote or
 * a backslash at the end. */
int words_split(char *text, char **words, int max);

#endif
