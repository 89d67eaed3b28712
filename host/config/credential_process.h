/* SPDX-License-Identifier: MIT */
/* The credential_process line that leads to fob. */
#ifndef FOB_HOST_CONFIG_CREDENTIAL_PROCESS_H
#define FOB_HOST_CONFIG_CREDENTIAL_PROCESS_H

#include "src/status.h"

#include <stdbool.h>
#include <stddef.h>

/* `PROGRAM credentials PROFILE`, quoted so that a shell and Python's
 * shlex.split() read it alike: some SDKs run a shell, some split the line.
 * FOB_E_TOO_LONG, and "" left, when it does not fit. */
FOB_MUST_CHECK enum fob_status
fob_credential_process_format(const char *program, const char *profile,
                              char *line, size_t cap);

/* Whether a line runs `fob credentials`, wherever fob is and with whatever
 * options; then `profile`, which is "" otherwise, is the one that it names. */
bool fob_credential_process_read(const char *line, char *profile, size_t cap);

/* Whether a line runs `fob credentials`, wherever fob is; for `profile`, or
 * with NULL for any. */
bool fob_credential_process_is_own(const char *line, const char *profile);

#endif
