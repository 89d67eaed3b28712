/* SPDX-License-Identifier: MIT */
#include "host/cli/ui/ui.h"

#include "host/base/file.h"
#include "host/base/shown.h"
#include "host/cli/ui/json.h"
#include "host/cli/ui/status_name.h"
#include "host/cli/ui/terminal.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    LINE_MAX_LEN = FOB_ERROR_TEXT_MAX + FOB_ERROR_HINT_MAX + 32,
    SHOWN_MAX_LEN = 2 * LINE_MAX_LEN,
};

/* Stderr is where faults are reported, so its own have nowhere to go. */
static void put_line(int fd, const char *text)
{
    if (fob_file_write_all(fd, text, strlen(text)) != FOB_OK)
        return;
}

void ui_note(struct ui *ui, const char *format, ...)
{
    char text[LINE_MAX_LEN], shown[SHOWN_MAX_LEN];
    va_list arguments;
    size_t len;

    if (ui->is_quiet)
        return;
    ui_progress_end(ui);
    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    /* Texts may quote what came from a file or a server. */
    len = fob_shown_put(shown, sizeof(shown) - 1, text, strlen(text));
    shown[len] = '\n';
    shown[len + 1] = '\0';
    put_line(STDERR_FILENO, shown);
}

/* The terminal, to be closed when it is not stderr; -1 without one. */
static int open_stderr(void)
{
    if (isatty(STDERR_FILENO))
        return STDERR_FILENO;
    return open("/dev/tty", O_WRONLY | O_NOCTTY | O_CLOEXEC);
}

static void put_stderr(const char *text)
{
    int fd = open_stderr();

    if (fd < 0)
        return;
    put_line(fd, text);
    if (fd != STDERR_FILENO)
        close(fd);
}

static bool has_stderr(void)
{
    int fd = open_stderr();

    if (fd >= 0 && fd != STDERR_FILENO)
        close(fd);
    return fd >= 0;
}

/* How long the number of seconds at `text` is, such as "12 s"; 0: none. */
static size_t seconds_len(const char *text)
{
    size_t len = strspn(text, "0123456789");

    return len > 0 && strncmp(text + len, " s", 2) == 0 ? len : 0;
}

/* Of the seconds of a wait the first is enough, where lines stay. */
static bool is_same_wait(const char *a, const char *b)
{
    while (*a != '\0' && *a == *b) {
        a++;
        b++;
        if (seconds_len(a) > 0 && seconds_len(b) > 0) {
            a += seconds_len(a);
            b += seconds_len(b);
        }
    }
    return *a == *b;
}

static void put_kept_progress(struct ui *ui, const char *text)
{
    if (is_same_wait(ui->last_progress, text))
        return;
    snprintf(ui->last_progress, sizeof(ui->last_progress), "%s", text);
    if (ui->is_verbose || has_stderr())
        ui_note(ui, "%s", text);
}

void ui_progress(struct ui *ui, const char *text)
{
    char line[SHOWN_MAX_LEN];

    if (ui->is_quiet)
        return;
    if (!has_stderr() || terminal_is_plain()) {
        put_kept_progress(ui, text);
        return;
    }
    ui_progress_end(ui);
    fob_shown_put(line, sizeof(line), text, strlen(text));
    put_stderr(line);
    ui->has_progress = true;
}

void ui_progress_end(struct ui *ui)
{
    if (ui->has_progress && terminal_is_plain()) {
        put_stderr("\n");
        ui->has_progress = false;
    }
    /* Carriage return, then ECMA-48's EL: erase to the end of the line. */
    if (ui->has_progress)
        put_stderr("\r\033[K");
    ui->has_progress = false;
}

static void put_json_error(struct output *line, const struct fob_error *error,
                           int exit_status)
{
    struct json json;

    json_start(&json, line);
    json_open_object(&json, NULL);
    json_open_object(&json, "error");
    json_put_number(&json, "status", (uint64_t)exit_status);
    json_put_text(&json, "code", status_name(error->status));
    json_put_text(&json, "message", error->text);
    json_put_text(&json, "hint", error->hint);
    json_close_object(&json);
    json_close_object(&json);
    json_end(&json);
}

const char *ui_hint_link(const char *hint)
{
    static const char *const programs[] = {"fob ",   "aws ",   "cp ",
                                           "chmod ", "chown ", "timedatectl "};

    for (size_t i = 0; i < sizeof(programs) / sizeof(programs[0]); i++)
        if (strncmp(hint, programs[i], strlen(programs[i])) == 0)
            return "; run: ";
    return "; ";
}

static void error_text(struct output *line, const struct fob_error *error)
{
    output_put_text(line, "fob: ");
    output_put_text(line, error->text);
    if (error->hint[0] != '\0') {
        output_put_text(line, ui_hint_link(error->hint));
        output_put_text(line, error->hint);
    }
    output_put_char(line, '\n');
}

void ui_error(struct ui *ui, const struct fob_error *error, int exit_status)
{
    struct output line = {0};
    struct fob_error ignored;

    ui_progress_end(ui);
    if (ui->is_json)
        put_json_error(&line, error, exit_status);
    else
        error_text(&line, error);
    /* Without memory for secrets there is a fault to report all the same. */
    if (output_write(&line, STDERR_FILENO, "stderr", &ignored) != FOB_OK)
        put_line(STDERR_FILENO, error->text);
    output_free(&line);
}
