/* SPDX-License-Identifier: MIT */
/* The controlling terminal in a mode of our own, which is put back on every
 * way out, signals that end or stop the process included. */
#ifndef FOB_HOST_CLI_UI_TERMINAL_H
#define FOB_HOST_CLI_UI_TERMINAL_H

#include <stdbool.h>
#include <termios.h>

enum terminal_mode {
    TERMINAL_LINE,   /* a line at a time, shown as it is typed */
    TERMINAL_UNSEEN, /* a line at a time, not shown */
    TERMINAL_KEYS,   /* each key at once, not shown */
};

enum terminal_event {
    TERMINAL_TYPED,
    TERMINAL_TIMEOUT,
    TERMINAL_SIGNAL, /* one came, and waits for terminal_leave */
    TERMINAL_GONE,
};

struct terminal {
    int fd;
    struct termios mode; /* as found */
    bool has_waited;     /* for another fob's turn at it, in terminal_enter */
};

/* false when there is none. */
bool terminal_open(struct terminal *terminal);
void terminal_close(struct terminal *terminal);

/* Enter `mode`; false, with all as it was, when the terminal is not ours to
 * use.  From now on signals are let in by terminal_wait alone.  Processes of
 * fob's take turns at a terminal, or each would find the mode of the other and
 * put that back.  One terminal at a time; one that is held is taken over, with
 * no moment in between that shows what is typed. */
bool terminal_enter(struct terminal *terminal, enum terminal_mode mode);

/* Go over from TERMINAL_UNSEEN to TERMINAL_KEYS, and keep what is there to
 * read, be it a whole line or not. */
void terminal_take_keys(const struct terminal *terminal);

/* Wait for something to read, at most `timeout_ms`; -1: for ever. */
enum terminal_event terminal_wait(const struct terminal *terminal,
                                  int timeout_ms);

/* Whether a signal came since terminal_enter. */
bool terminal_has_signal(void);

/* Put all back.  Gives the signal that came, which the caller is to raise once
 * the screen is in order, or 0. */
int terminal_leave(const struct terminal *terminal);

/* In the place of terminal_leave, with no signal there: the mode stays until
 * terminal_release, while the process does other things.  Signals strike as
 * ever, with the mode as found; who is continued has the mode of ours again.
 * The terminal is closed by what ends this. */
void terminal_hold(struct terminal *terminal);

/* Put back what is held, and discard what was typed meanwhile; harmless when
 * nothing is. */
void terminal_release(void);

/* Whether it takes no control sequences (TERM=dumb): what is written stays. */
bool terminal_is_plain(void);

void terminal_put(const struct terminal *terminal, const char *text);

#endif
