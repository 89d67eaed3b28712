/* SPDX-License-Identifier: MIT */
#include "host/base/shell_line.h"

#include "host/base/shown.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct line {
    char *text;
    size_t len;
    size_t cap;
    bool is_cut;
    bool is_past_options; /* "--" stands in this command */
};

static void put_bytes(struct line *line, const char *bytes, size_t len)
{
    if (line->is_cut || len >= line->cap - line->len) {
        line->is_cut = true;
        return;
    }
    memcpy(line->text + line->len, bytes, len);
    line->len += len;
    line->text[line->len] = '\0';
}

static void put_text(struct line *line, const char *text)
{
    put_bytes(line, text, strlen(text));
}

static bool is_plain(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') ||
           (byte != '\0' && strchr("-_./:@+,=", byte) != NULL);
}

/* Within single quotes sh takes all as it is, but for the quote. */
static void put_quoted(struct line *line, const char *word)
{
    put_text(line, "'");
    for (; *word != '\0'; word++) {
        if (*word == '\'')
            put_text(line, "'\\''");
        else
            put_bytes(line, word, 1);
    }
    put_text(line, "'");
}

/* What may not stand on a terminal is made by the shell that reads it; not
 * every sh knows $'...'.  What $( ) gives has no newline at its end. */
static void put_octal(struct line *line, const char *word)
{
    char octal[8];

    put_text(line, "\"$(printf '");
    for (const char *at = word; *at != '\0'; at++) {
        if (is_plain(*at) && (at != word || *at != '-')) {
            put_bytes(line, at, 1);
            continue;
        }
        snprintf(octal, sizeof(octal), "\\%03o", (unsigned char)*at);
        put_text(line, octal);
    }
    put_text(line, "')\"");
    line->is_cut |= word[strlen(word) - 1] == '\n';
}

/* Whether `lead`, what the line is so far without its words, ends in an
 * option that wants a value. */
static bool ends_in_option(const char *lead, size_t len)
{
    size_t at = len;

    while (at > 1 && lead[at - 2] != ' ')
        at--;
    return len > 0 && len + 1 - at > strlen("--") &&
           strncmp(lead + at - 1, "--", 2) == 0;
}

/* A word that a program would take for an option. */
static void guard_dash(struct line *line, const char *lead, size_t len)
{
    if (line->is_cut || len == 0 || lead[len - 1] != ' ')
        return;
    if (ends_in_option(lead, len - 1)) {
        line->text[line->len - 1] = '=';
    } else if (!line->is_past_options) {
        put_text(line, "-- ");
        line->is_past_options = true;
    }
}

static void put_word(struct line *line, const char *lead, size_t lead_len,
                     const char *word)
{
    size_t plain = 0;

    if (word[0] == '-' && word[1] != '\0')
        guard_dash(line, lead, lead_len);
    /* zsh takes =name for a path. */
    while (is_plain(word[plain]) && word[0] != '=')
        plain++;
    if (!fob_shown_is_plain(word, strlen(word)))
        put_octal(line, word);
    else if (word[plain] != '\0' || plain == 0)
        put_quoted(line, word);
    else
        put_text(line, word);
}

/* What the directive at `at` of `format` stands for. */
static void put_directive(struct line *line, const char *format, const char *at,
                          va_list *arguments)
{
    char number[16];

    if (at[1] == 's') {
        put_word(line, format, (size_t)(at - format),
                 va_arg(*arguments, const char *));
    } else if (at[1] == 'd') {
        snprintf(number, sizeof(number), "%d", va_arg(*arguments, int));
        put_text(line, number);
    } else if (at[1] == '%') {
        put_text(line, "%");
    } else {
        line->is_cut = true;
    }
}

enum fob_status fob_shell_line_of(char *text, size_t cap, const char *format,
                                  va_list arguments)
{
    struct line line = {.text = text, .cap = cap};
    va_list rest;

    text[0] = '\0';
    va_copy(rest, arguments);
    for (const char *at = format; *at != '\0'; at++) {
        if (*at != '%') {
            put_bytes(&line, at, 1);
            line.is_past_options &= strchr(";&|", *at) == NULL;
            continue;
        }
        put_directive(&line, format, at, &rest);
        at += at[1] != '\0';
    }
    va_end(rest);
    if (!line.is_cut)
        return FOB_OK;
    text[0] = '\0';
    return FOB_E_TOO_LONG;
}

enum fob_status fob_shell_line(char *line, size_t cap, const char *format, ...)
{
    va_list arguments;
    enum fob_status status;

    va_start(arguments, format);
    status = fob_shell_line_of(line, cap, format, arguments);
    va_end(arguments);
    return status;
}

enum fob_status fob_shell_line_add(char *text, size_t cap, const char *word)
{
    struct line line = {.text = text, .len = strlen(text), .cap = cap};

    put_text(&line, " ");
    put_word(&line, text, line.len, word);
    if (!line.is_cut)
        return FOB_OK;
    text[0] = '\0';
    return FOB_E_TOO_LONG;
}
