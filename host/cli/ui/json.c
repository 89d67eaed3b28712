/* SPDX-License-Identifier: MIT */
#include "host/cli/ui/json.h"

#include "host/base/character.h"
#include "host/base/shown.h"

#include <stdio.h>
#include <string.h>

/* Characters that RFC 8259 section 7 wants escaped, and those that no terminal
 * should get; beyond U+FFFF as a surrogate pair. */
static void put_escape(struct output *output, unsigned point)
{
    static const char plain[] = "\"\\\b\f\n\r\t";
    static const char named[] = "\"\\bfnrt";
    const char *at =
        point > 0 && point < 0x80 ? strchr(plain, (int)point) : NULL;
    char text[16];

    if (at != NULL)
        snprintf(text, sizeof(text), "\\%c", named[at - plain]);
    else if (point > 0xffff)
        snprintf(text, sizeof(text), "\\u%04x\\u%04x",
                 0xd800 + ((point - 0x10000) >> 10), 0xdc00 + (point & 0x3ff));
    else
        snprintf(text, sizeof(text), "\\u%04x", point);
    output_put_text(output, text);
}

static void put_character(struct output *output, const uint8_t *at, size_t size)
{
    if (size == 0)
        output_put_text(output, "\xef\xbf\xbd");
    else if (*at == '"' || *at == '\\' ||
             fob_shown_is_hidden(fob_character_point(at, size)))
        put_escape(output, fob_character_point(at, size));
    else
        output_put(output, at, size);
}

static void put_string(struct output *output, const void *text, size_t len)
{
    const uint8_t *at = text;

    output_put_char(output, '"');
    while (len > 0) {
        size_t size = fob_character_size(at, len);

        put_character(output, at, size);
        size += size == 0;
        at += size;
        len -= size;
    }
    output_put_char(output, '"');
}

/* What stands before every value. */
static void put_head(struct json *json, const char *name)
{
    if (json->has_comma)
        output_put_char(json->output, ',');
    json->has_comma = true;
    if (name != NULL) {
        put_string(json->output, name, strlen(name));
        output_put_char(json->output, ':');
    }
}

void json_start(struct json *json, struct output *output)
{
    json->output = output;
    json->has_comma = false;
}

static void open_group(struct json *json, const char *name, char bracket)
{
    put_head(json, name);
    output_put_char(json->output, bracket);
    json->has_comma = false;
}

void json_open_object(struct json *json, const char *name)
{
    open_group(json, name, '{');
}

void json_open_array(struct json *json, const char *name)
{
    open_group(json, name, '[');
}

void json_put_text(struct json *json, const char *name, const char *text)
{
    json_put_bytes(json, name, text, strlen(text));
}

void json_put_bytes(struct json *json, const char *name, const void *text,
                    size_t len)
{
    put_head(json, name);
    put_string(json->output, text, len);
}

void json_put_number(struct json *json, const char *name, uint64_t number)
{
    put_head(json, name);
    output_put_number(json->output, number);
}

void json_put_flag(struct json *json, const char *name, bool flag)
{
    put_head(json, name);
    output_put_text(json->output, flag ? "true" : "false");
}

void json_close_object(struct json *json)
{
    output_put_char(json->output, '}');
    json->has_comma = true;
}

void json_close_array(struct json *json)
{
    output_put_char(json->output, ']');
    json->has_comma = true;
}

void json_end(struct json *json)
{
    output_put_char(json->output, '\n');
}
