/* SPDX-License-Identifier: MIT */
#include "host/base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Text from files and names ends up on a terminal: no control character of
 * ASCII or C1 (U+0080 to U+009F) gets there, and no half character is left
 * where a long text was cut. */
static void error_clean(char *text)
{
    unsigned char *byte = (unsigned char *)text;
    size_t len = strlen(text), start = len;

    for (size_t i = 0; i < len; i++) {
        if (byte[i] < 0x20 || byte[i] == 0x7f)
            byte[i] = '?';
        if (byte[i] == 0xc2 && byte[i + 1] >= 0x80 && byte[i + 1] < 0xa0)
            byte[i] = byte[i + 1] = '?';
    }
    while (start > 0 && (byte[start - 1] & 0xc0) == 0x80)
        start--;
    if (start == 0 || byte[start - 1] < 0xc0)
        return;
    size_t want = byte[start - 1] < 0xe0 ? 2 : byte[start - 1] < 0xf0 ? 3 : 4;
    if (len - (start - 1) < want)
        byte[start - 1] = '\0';
}

enum fob_status fob_error_set(struct fob_error *error, enum fob_status status,
                              const char *format, ...)
{
    char text[sizeof(error->text)]; /* an argument may be error->text */
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    error_clean(text);
    fob_error_clear(error);
    error->status = status;
    memcpy(error->text, text, sizeof(text));
    return status;
}

enum fob_status fob_error_errno(struct fob_error *error, enum fob_status status,
                                const char *format, ...)
{
    char what[sizeof(error->text)], buffer[128];
    const char *why = strerror_r(errno, buffer, sizeof(buffer));
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(what, sizeof(what), format, arguments);
    va_end(arguments);
    return fob_error_set(error, status, "%s: %s", what, why);
}

enum fob_status fob_error_no_memory(struct fob_error *error)
{
    return fob_error_set(error, FOB_E_NO_MEMORY, "out of memory");
}

void fob_error_hint(struct fob_error *error, const char *format, ...)
{
    char hint[sizeof(error->hint)];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(hint, sizeof(hint), format, arguments);
    va_end(arguments);
    error_clean(hint);
    memcpy(error->hint, hint, sizeof(hint));
}

void fob_error_clear(struct fob_error *error)
{
    *error = (struct fob_error){.status = FOB_OK};
}
