/* SPDX-License-Identifier: MIT */
/* The lines of `fob watch` on the terminal, each second anew. */
#ifndef FOB_HOST_CLI_PARTS_WATCH_SCREEN_H
#define FOB_HOST_CLI_PARTS_WATCH_SCREEN_H

#include "host/cli/ui/terminal.h"
#include "host/wire/protocol.h"
#include "src/otp.h"

#include <stddef.h>
#include <stdint.h>

struct watch_line {
    char name[FOB_NAME_MAX + 1];
    char code[FOB_CODE_MAX + 1];
    int64_t ends_s; /* boot time; 0 before there is a code */
};

/* Show `count` lines until one of the codes ends, at `end_s` at the latest, a
 * signal comes or somebody has had enough; nothing of them is left then.
 * *is_over is set when watching is over.  FOB_E_NOBODY when the terminal is
 * gone; a signal that came has been raised. */
FOB_MUST_CHECK enum fob_status watch_screen_show(struct terminal *terminal,
                                                 const struct watch_line *lines,
                                                 size_t count, int64_t end_s,
                                                 bool *is_over);

#endif
