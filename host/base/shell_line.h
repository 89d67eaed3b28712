/* SPDX-License-Identifier: MIT */
/*
 * Commands for a person to paste into a shell: words from elsewhere (names of
 * profiles and accounts, paths, serial numbers) stand in them so that sh, and
 * what descends from it, reads each as the one word that it is, and so that
 * nothing in it is taken for an option or acted on by the terminal.
 */
#ifndef FOB_HOST_BASE_SHELL_LINE_H
#define FOB_HOST_BASE_SHELL_LINE_H

#include "src/status.h"

#include <stdarg.h>
#include <stddef.h>

/* Of a printf format, it takes %s, %d and %%.  Each %s is a word, between
 * spaces, and quoted where that is needed; one with a dash in front is put
 * behind "--", or as "--option=-word".  FOB_E_TOO_LONG, and "" left, when it
 * does not fit or cannot be written: half a command is none. */
__attribute__((format(printf, 3, 4))) FOB_MUST_CHECK enum fob_status
fob_shell_line(char *line, size_t cap, const char *format, ...);
__attribute__((format(printf, 3, 0))) FOB_MUST_CHECK enum fob_status
fob_shell_line_of(char *line, size_t cap, const char *format,
                  va_list arguments);

/* Put one more word behind a line, with a space between. */
FOB_MUST_CHECK enum fob_status fob_shell_line_add(char *line, size_t cap,
                                                  const char *word);

#endif
