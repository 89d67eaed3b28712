/* SPDX-License-Identifier: MIT */
/* Opening a URL that is a secret. */
#ifndef FOB_HOST_CLI_PARTS_BROWSER_H
#define FOB_HOST_CLI_PARTS_BROWSER_H

#include "host/cli/call/command.h"

/* Have a browser show `url`, which is made of the characters of URLs, for
 * `profile`: the one of the settings, else those of $BROWSER, else what the
 * desktop or, under WSL, Windows has.  A private file leads there, so that the
 * URL is no argument that every user could read, unless the settings say so.
 * *is_open: one of them took it.  The error is set when none could be tried,
 * for the settings or the private file. */
FOB_MUST_CHECK enum fob_status browser_open(struct command_call *call,
                                            const char *url,
                                            const char *profile, bool *is_open);

#endif
