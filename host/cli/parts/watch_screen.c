/* SPDX-License-Identifier: MIT */
#include "host/cli/parts/watch_screen.h"

#include "host/base/monotonic.h"
#include "host/cli/ui/output.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { REDRAW_MS = 1000, ROWS_MIN = 2 };

struct screen {
    struct terminal *terminal;
    const struct watch_line *lines;
    size_t count;
    size_t shown; /* rows that are on the terminal */
};

/* As many as fit above the cursor, which stands in a row of its own. */
static size_t rows_free(const struct terminal *terminal)
{
    struct winsize size;

    if (ioctl(terminal->fd, TIOCGWINSZ, &size) != 0 || size.ws_row == 0)
        return SIZE_MAX;
    return size.ws_row < ROWS_MIN ? 1 : size.ws_row - 1U;
}

/* ECMA-48: up to the first row (CUU), and all from there erased (ED). */
static void put_erase(struct screen *screen, struct output *output)
{
    char text[32];

    if (screen->shown == 0 || terminal_is_plain())
        return;
    snprintf(text, sizeof(text), "\r\033[%zuA\033[J", screen->shown);
    output_put_text(output, text);
    screen->shown = 0;
}

/* Without DECAWM, so that a long name is cut and a line stays one row. */
static void put_line(struct output *output, const struct watch_line *line,
                     int64_t now_s)
{
    int64_t left_s = line->ends_s > now_s ? line->ends_s - now_s : 0;
    char text[32];

    output_put_text(output, line->code);
    for (size_t i = strlen(line->code); i < FOB_CODE_MAX; i++)
        output_put_char(output, ' ');
    snprintf(text, sizeof(text), " %5" PRIi64 " s  ", left_s);
    output_put_text(output, text);
    output_put_shown(output, line->name, strlen(line->name));
    output_put_char(output, '\n');
}

static void put_lines(struct screen *screen, struct output *output)
{
    size_t free = rows_free(screen->terminal);
    size_t rows = screen->count < free ? screen->count : free;
    int64_t now_s = fob_boottime_s();

    if (!terminal_is_plain())
        output_put_text(output, "\033[?7l");
    for (size_t i = 0; i < rows; i++)
        put_line(output, &screen->lines[i], now_s);
    if (!terminal_is_plain())
        output_put_text(output, "\033[?7h");
    screen->shown = rows;
}

static enum fob_status draw_screen(struct screen *screen, bool lines)
{
    struct output output = {0};
    struct fob_error ignored;
    enum fob_status status;

    put_erase(screen, &output);
    if (lines)
        put_lines(screen, &output);
    status =
        output_write(&output, screen->terminal->fd, "the terminal", &ignored);
    output_free(&output);
    return status == FOB_E_IO ? FOB_E_NOBODY : status;
}

static bool is_enough(const struct terminal *terminal)
{
    char key;

    return read(terminal->fd, &key, 1) != 1 ||
           strchr("qQ\r\n\004\033", key) != NULL;
}

/* When the first of the codes ends. */
static int64_t first_end_s(const struct screen *screen)
{
    int64_t first_s = INT64_MAX;

    for (size_t i = 0; i < screen->count; i++)
        if (screen->lines[i].ends_s < first_s)
            first_s = screen->lines[i].ends_s;
    return first_s;
}

static enum fob_status show_screen(struct screen *screen, int64_t end_s,
                                   bool *is_over)
{
    int64_t first_s = first_end_s(screen);
    enum fob_status status = FOB_OK;

    if (first_s < end_s)
        end_s = first_s;
    while (status == FOB_OK && !*is_over && fob_boottime_s() < end_s) {
        enum terminal_event event;

        /* Where lines stay, codes are shown when they change. */
        if (screen->shown == 0 || !terminal_is_plain())
            status = draw_screen(screen, true);
        event = terminal_wait(screen->terminal, REDRAW_MS);
        if (event == TERMINAL_SIGNAL)
            break;
        if (event == TERMINAL_GONE)
            status = FOB_E_NOBODY;
        *is_over = event == TERMINAL_TYPED && is_enough(screen->terminal);
    }
    return status;
}

enum fob_status watch_screen_show(struct terminal *terminal,
                                  const struct watch_line *lines, size_t count,
                                  int64_t end_s, bool *is_over)
{
    struct screen screen = {terminal, lines, count, 0};
    enum fob_status status, erased;
    int number;

    *is_over = false;
    if (!terminal_enter(terminal, TERMINAL_KEYS))
        return FOB_E_NOBODY;
    status = show_screen(&screen, end_s, is_over);
    erased = draw_screen(&screen, false);
    number = terminal_leave(terminal);
    if (number)
        raise(number);
    return status != FOB_OK ? status : erased;
}
