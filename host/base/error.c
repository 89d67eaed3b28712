/* SPDX-License-Identifier: MIT */
#include "host/base/error.h"

#include "host/base/character.h"
#include "host/base/shell_line.h"
#include "host/base/shown.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Without the half of a character that was cut at the end of its room. */
static size_t whole_len(const char *text)
{
    size_t len = strlen(text), start = len;

    if (len < FOB_ERROR_TEXT_MAX)
        return len;
    while (start > 0 && len - start < 3 &&
           ((unsigned char)text[start - 1] & 0xc0) == 0x80)
        start--;
    if (start == 0 || (unsigned char)text[start - 1] < 0xc0 ||
        fob_character_size((const uint8_t *)text + start - 1,
                           len - (start - 1)) > 0)
        return len;
    return start - 1;
}

enum fob_status fob_error_set(struct fob_error *error, enum fob_status status,
                              const char *format, ...)
{
    char text[sizeof(error->text)]; /* an argument may be error->text */
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    fob_error_clear(error);
    error->status = status;
    fob_shown_put(error->text, sizeof(error->text), text, whole_len(text));
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
    if (fob_shell_line_of(hint, sizeof(hint), format, arguments) != FOB_OK)
        hint[0] = '\0';
    va_end(arguments);
    memcpy(error->hint, hint, sizeof(hint));
}

void fob_error_advise(struct fob_error *error, const char *hint)
{
    bool is_good = fob_shown_is_plain(hint, strlen(hint)) &&
                   strlen(hint) < sizeof(error->hint);

    if (!is_good)
        error->hint[0] = '\0';
    else if (hint != error->hint)
        memcpy(error->hint, hint, strlen(hint) + 1);
}

void fob_error_clear(struct fob_error *error)
{
    *error = (struct fob_error){.status = FOB_OK};
}
