/* SPDX-License-Identifier: MIT */
/* What a person sees besides the data: notes, progress and the one error. */
#ifndef FOB_HOST_CLI_UI_UI_H
#define FOB_HOST_CLI_UI_UI_H

#include "host/base/error.h"

#include <stdbool.h>

struct ui {
    bool is_quiet;
    bool is_verbose;
    bool is_json;
    bool has_progress;       /* a progress line is on the terminal */
    char last_progress[128]; /* the last where lines stay, as far as it goes */
};

/* One line to stderr, unless quiet. */
__attribute__((format(printf, 2, 3))) void ui_note(struct ui *ui,
                                                   const char *format, ...);

/* One line to the terminal that the next line takes the place of, also when
 * stderr is captured.  Without a terminal it is lost, or a line on stderr
 * when verbose. */
void ui_progress(struct ui *ui, const char *text);

/* Take a progress line off the terminal. */
void ui_progress_end(struct ui *ui);

/* What stands between a fault and its hint: a hint is a command to type, or
 * advice in words. */
const char *ui_hint_link(const char *hint);

/* The last line on stderr: text, or with --json one object. */
void ui_error(struct ui *ui, const struct fob_error *error, int exit_status);

#endif
