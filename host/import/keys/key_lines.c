/* SPDX-License-Identifier: MIT */
#include "host/import/keys/key_lines.h"

#include <string.h>

static const char spaces[] = " \t\r\f\v";

static const struct {
    const char *name;
    enum key_part part;
} settings[] = {
    {"aws_access_key_id", KEY_PART_ID},
    {"aws_secret_access_key", KEY_PART_SECRET},
    {"aws_session_token", KEY_PART_TOKEN},
    {"aws_security_token", KEY_PART_TOKEN},
    {"awsaccesskeyid", KEY_PART_ID},
    {"awssecretkey", KEY_PART_SECRET},
};

/* The next line that says something, trimmed. */
static bool next_line(struct fob_span *text, struct fob_span *line)
{
    while (text->at != NULL) {
        *line = fob_span_trim(fob_span_cut(text, '\n'), spaces);
        if (line->len > 0 && line->at[0] != '#' && line->at[0] != ';')
            return true;
    }
    return false;
}

static struct fob_span skip_word(struct fob_span line, const char *word)
{
    struct fob_span head = {line.at, strlen(word)};

    if (line.len <= head.len || !fob_span_is(head, word))
        return line;
    line.at += head.len;
    line.len -= head.len;
    return fob_span_trim(line, spaces);
}

static struct fob_span strip_quotes(struct fob_span value)
{
    char mark = value.len >= 2 ? value.at[0] : '\0';

    if ((mark != '"' && mark != '\'') || value.at[value.len - 1] != mark)
        return value;
    return (struct fob_span){value.at + 1, value.len - 2};
}

/* `NAME=value` as files, shells and `env` have it; *value is what it says. */
static enum key_part split_line(struct fob_span line, struct fob_span *value)
{
    struct fob_span rest = skip_word(line, "export "), name;

    rest = skip_word(skip_word(rest, "set "), "$env:");
    name = fob_span_trim(fob_span_cut(&rest, '='), spaces);
    if (rest.at == NULL)
        return KEY_PART_NONE;
    *value = strip_quotes(fob_span_trim(fob_span_trim(rest, spaces), ";"));
    for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++)
        if (fob_span_is(name, settings[i].name))
            return settings[i].part;
    return KEY_PART_NONE;
}

static enum fob_status read_settings(struct fob_span text,
                                     struct key_parts *parts, size_t *count)
{
    enum fob_status status = FOB_OK;
    struct fob_span line, value;

    *count = 0;
    while (status == FOB_OK && next_line(&text, &line)) {
        enum key_part part = split_line(line, &value);

        *count += part != KEY_PART_NONE;
        status = key_parts_put(parts, part, value);
    }
    return status;
}

static enum fob_status read_two(struct fob_span text, struct key_parts *parts)
{
    struct fob_span id, secret, more;
    enum fob_status status;

    if (!next_line(&text, &id) || !next_line(&text, &secret) ||
        next_line(&text, &more))
        return FOB_E_SYNTAX;
    status = key_parts_put(parts, KEY_PART_ID, id);
    return status == FOB_OK ? key_parts_put(parts, KEY_PART_SECRET, secret)
                            : status;
}

enum fob_status key_lines_read(struct fob_span text, struct key_parts *parts)
{
    size_t count;
    enum fob_status status = read_settings(text, parts, &count);

    return status == FOB_OK && count == 0 ? read_two(text, parts) : status;
}
