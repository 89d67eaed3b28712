/* SPDX-License-Identifier: MIT */
/* Whose turn it is to have a terminal in a mode of its own: one program at a
 * time, of those that are fob. */
#ifndef FOB_HOST_CLI_UI_TERMINAL_TURN_H
#define FOB_HOST_CLI_UI_TERMINAL_TURN_H

#include "host/cli/ui/terminal.h"

/* Whether we own the terminal.  From the background we stop, as any program
 * that wants it; who continues us has brought us to the front. */
bool terminal_turn_is_front(int fd);

/* Wait for our turn, in front: from the background we would keep it from who
 * is there.  A signal ends or stops us as ever.  terminal->has_waited says
 * whether somebody had it. */
bool terminal_turn_take(struct terminal *terminal);

/* Both also in a signal's handler.  Who has it after its end may keep it: it
 * will not be for long. */
void terminal_turn_end(void);
void terminal_turn_retake(void);

#endif
