/* SPDX-License-Identifier: MIT */
/* A program that shows pages to a person. */
#ifndef FOB_HOST_CLI_PARTS_BROWSER_RUN_H
#define FOB_HOST_CLI_PARTS_BROWSER_RUN_H

#include <stdbool.h>
#include <stddef.h>

/* Start `argv` (its first word is looked for in PATH), with `input` or nothing
 * on its stdin and a session of its own, so that it asks no terminal and
 * outlives one.  Whether it ended well, or is still there after a few seconds,
 * as a browser is. */
bool browser_run(char *const *argv, const void *input, size_t input_len);

#endif
