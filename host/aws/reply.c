/* SPDX-License-Identifier: MIT */
#include "host/aws/reply.h"

#include "host/base/text.h"
#include "src/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *reply_text(const struct fob_exchange_reply *reply,
                       const char *format, ...)
{
    char path[FOB_EXCHANGE_PATH_MAX + 1];
    const char *value;
    va_list arguments;
    int len;

    va_start(arguments, format);
    len = vsnprintf(path, sizeof(path), format, arguments);
    va_end(arguments);
    if (len < 0 || (size_t)len >= sizeof(path))
        return "";
    value = fob_exchange_find(reply, path);
    return value != NULL && fob_utf8_is_text(value, strlen(value)) ? value : "";
}

int64_t reply_time(const char *text)
{
    int64_t unix_s;

    return fob_text_time_parse(text, &unix_s) == FOB_OK ? unix_s : 0;
}

enum fob_status reply_lacks(const char *what, struct fob_error *error)
{
    return fob_error_set(error, FOB_E_REPLY,
                         "the reply from AWS lacks a usable %s", what);
}

enum fob_status reply_copy(const char *text, const char *what, char *copy,
                           size_t cap, struct fob_error *error)
{
    if (*text == '\0' || fob_text_copy(copy, cap, text) != FOB_OK)
        return reply_lacks(what, error);
    return FOB_OK;
}

enum fob_status reply_secret(const char *text, const char *what,
                             struct fob_secret *secret, struct fob_error *error)
{
    if (*text == '\0')
        return reply_lacks(what, error);
    if (fob_secret_copy(secret, text, strlen(text)) != FOB_OK)
        return fob_error_no_memory(error);
    return FOB_OK;
}
