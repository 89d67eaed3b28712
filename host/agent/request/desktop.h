/* SPDX-License-Identifier: MIT */
/* Where the person sits: the variables that lead a program which asks to a
 * screen or a terminal.  None of them is a secret. */
#ifndef FOB_HOST_AGENT_REQUEST_DESKTOP_H
#define FOB_HOST_AGENT_REQUEST_DESKTOP_H

#include <stdbool.h>
#include <stddef.h>

enum { DESKTOP_LEN_MAX = 4096, DESKTOP_VARIABLES_MAX = 48 };

/* "NAME=VALUE", each NUL-ended; an empty one ends. */
struct desktop {
    char text[DESKTOP_LEN_MAX];
};

/* Take those of `variables` (NULL-ended) that matter in place of what was
 * there; nothing happens, and false is returned, when they name neither a
 * screen nor a terminal. */
bool desktop_take(struct desktop *desktop, const char *const *variables);

/* An environment, NULL-ended, for a program that asks there: `desktop`, whose
 * text it points into, and what the NULL-ended `own` has besides. */
void desktop_list(const struct desktop *desktop, const char *const *own,
                  const char *variables[static DESKTOP_VARIABLES_MAX + 1]);

#endif
