/* SPDX-License-Identifier: MIT */
/*
 * What fob has put into an environment, told from what a person has: FOB_SET
 * has "NAME=VALUE" of each with a space between.  A variable that has another
 * value now is a person's.  Nothing secret is in it: the secret key and the
 * session token go with the access key's id.
 */
#ifndef FOB_HOST_CLI_CALL_MARK_H
#define FOB_HOST_CLI_CALL_MARK_H

#include <stdbool.h>
#include <stddef.h>

enum { MARK_CAP = 512 };

#define MARK_NAME "FOB_SET"

/* Whether the variable of our environment is one that fob set. */
bool mark_is_own(const char *name);

/* Add a variable to what FOB_SET is to be, which begins as "".  A value that
 * is no plain word, or does not fit, is left out: it counts as a person's. */
void mark_add(char text[static MARK_CAP], const char *name, const void *value,
              size_t len);

#endif
