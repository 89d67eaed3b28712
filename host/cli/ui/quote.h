/* SPDX-License-Identifier: MIT */
/* Assignments that a shell reads back as they were meant, whatever the value
 * holds. */
#ifndef FOB_HOST_CLI_UI_QUOTE_H
#define FOB_HOST_CLI_UI_QUOTE_H

#include "host/cli/ui/output.h"

#include <stdbool.h>

enum shell { SHELL_SH, SHELL_FISH, SHELL_CSH, SHELL_PWSH };

/* false for a shell that fob does not know. */
bool quote_find_shell(const char *name, enum shell *shell);

/* One line that exports `name`, a plain word, with the value. */
void quote_put_export(struct output *output, enum shell shell, const char *name,
                      const void *value, size_t len);

/* A command that fails. */
void quote_put_failure(struct output *output, enum shell shell);

/* One line after which `name` is not in the environment. */
void quote_put_unset(struct output *output, enum shell shell, const char *name);

#endif
