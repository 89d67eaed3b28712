/* SPDX-License-Identifier: MIT */
#include "host/flash/report.h"

#include "host/base/file.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LINE_MAX_LEN = FOB_ERROR_TEXT_MAX + 32 };

__attribute__((format(printf, 1, 2))) static void say(const char *format, ...)
{
    char line[LINE_MAX_LEN];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(line, sizeof(line), format, arguments);
    va_end(arguments);
    if (fob_file_write_all(STDOUT_FILENO, line, strlen(line)) != FOB_OK)
        return;
}

void report_progress(const char *step, size_t done, size_t total)
{
    say("progress %s %zu %zu\n", step, done, total);
}

void report_fact(const char *name, const char *value)
{
    if (value[0] != '\0')
        say("%s %s\n", name, value);
}

void report_fault(const struct fob_error *error)
{
    say("fault %02x %s\n", (unsigned)error->status, error->text);
    report_fact("hint", error->hint);
}
