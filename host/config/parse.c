/* SPDX-License-Identifier: MIT */
/*
 * Two walks over the text: the first checks it and counts, the second fills
 * the tables.  Values are put together in place.  A value only ever moves
 * towards the start of the text, over bytes already scanned: a line of it
 * loses at least its line end and gains one \n or NUL.
 */
#include "host/config/order.h"
#include "host/config/scan.h"

#include <stdlib.h>
#include <string.h>

/* The second walk. */
struct parse_fill {
    const struct parse *parse;
    struct fob_config_section *section;
    struct fob_config_entry *open; /* its value may go on, or NULL */
    char *end;                     /* of that value */
};

/* Start a walk over the text; an empty file has none. */
static void parse_scan(const struct fob_secret *text, struct scan *scan)
{
    scan_start(scan, text->len > 0 ? (const char *)text->data : "", text->len);
}

static uint32_t parse_line_of(const struct fob_secret *text, size_t at)
{
    uint32_t line = 1;

    for (size_t i = 0; i < at; i++) {
        bool crlf = text->data[i] == '\r' && text->data[i + 1] == '\n';

        line += !crlf && (text->data[i] == '\n' || text->data[i] == '\r');
    }
    return line;
}

static enum fob_status parse_check_text(const struct parse *parse)
{
    const struct fob_secret *text = &parse->config->text;
    size_t valid = text->len > 0
                       ? slice_valid_len((const char *)text->data, text->len)
                       : 0;

    if (valid == text->len)
        return FOB_OK;
    return parse_fault(parse, FOB_E_SYNTAX, parse_line_of(text, valid),
                       text->data[valid] == 0
                           ? "a NUL byte; the file must be text"
                           : "not UTF-8; save the file in that encoding");
}

static enum fob_status parse_count(const struct parse *parse)
{
    struct fob_config *config = parse->config;
    struct scan scan;
    struct scan_line line;

    parse_scan(&config->text, &scan);
    do {
        scan_next(&scan, &line);
        config->section_count += line.kind == SCAN_HEADER;
        config->entry_count += line.kind == SCAN_KEY;
        if (line.kind == SCAN_FAULT)
            return parse_fault(parse, FOB_E_SYNTAX, line.number, line.fault);
    } while (line.kind != SCAN_END);
    return FOB_OK;
}

static enum fob_status parse_alloc(struct fob_config *config)
{
    size_t sections = config->section_count + 1;

    config->sections = calloc(sections, sizeof(*config->sections));
    config->by_name = calloc(sections, sizeof(*config->by_name));
    config->profiles = calloc(sections, sizeof(*config->profiles));
    config->entries = calloc(config->entry_count + 1, sizeof(*config->entries));
    config->section_count = 0;
    config->entry_count = 0;
    if (config->sections == NULL || config->by_name == NULL ||
        config->profiles == NULL || config->entries == NULL)
        return FOB_E_NO_MEMORY;
    config->sections[config->section_count++] = (struct fob_config_section){
        .kind = FOB_SECTION_DEFAULTS, .name = "DEFAULT"};
    return FOB_OK;
}

/* Views are const; the text they look at is the config's own. */
static char *parse_own(const struct parse_fill *fill, const char *at)
{
    struct fob_secret *text = &fill->parse->config->text;

    return (char *)text->data + (at - (const char *)text->data);
}

/* Put key and value of one block line, NUL-ended, at `to`. */
static char *parse_pair(char *to, struct slice key, struct slice value)
{
    struct slice parts[] = {key, value};

    for (size_t i = 0; i < 2; i++) {
        size_t len = 0;

        slice_trim(&parts[i]);
        len = (size_t)(parts[i].end - parts[i].start);
        memmove(to, parts[i].start, len);
        to[len] = '\0';
        to += len + 1;
    }
    return to;
}

static struct slice parse_cut_block_line(struct slice *left)
{
    struct slice line = {left->start, left->start};

    while (!slice_is_empty(left)) {
        line.end = left->start;
        if (slice_is_break(slice_next(left)))
            return line;
    }
    line.end = left->end;
    return line;
}

/* Turn the lines "sub = value" into pairs. */
static bool parse_block(struct fob_config_entry *entry, char *text)
{
    struct slice left = {text, text + strlen(text)};

    while (!slice_is_empty(&left)) {
        struct slice line = parse_cut_block_line(&left);
        const char *equals = NULL;

        slice_trim(&line);
        if (slice_is_empty(&line))
            continue;
        equals = slice_find(&line, "=");
        if (equals == NULL)
            return false;
        text = parse_pair(text, (struct slice){line.start, equals},
                          (struct slice){equals + 1, line.end});
        entry->pairs++;
    }
    return true;
}

static enum fob_status parse_close(struct parse_fill *fill)
{
    struct fob_config_entry *entry = fill->open;
    char *text = NULL;

    if (entry == NULL)
        return FOB_OK;
    fill->open = NULL;
    text = parse_own(fill, entry->text);
    while (fill->end > text && fill->end[-1] == '\n')
        fill->end--;
    *fill->end = '\0';
    if (*text != '\n' || parse_block(entry, text))
        return FOB_OK;
    return parse_fault(fill->parse, FOB_E_SYNTAX, entry->line,
                       "the indented lines below this key must read "
                       "`name = value`");
}

static void parse_header(struct parse_fill *fill, const struct scan_line *line)
{
    struct fob_config *config = fill->parse->config;
    char *name = parse_own(fill, line->name.start);

    *parse_own(fill, line->name.end) = '\0';
    if (strcmp(name, config->sections[0].name) == 0) {
        fill->section = &config->sections[0];
        return;
    }
    fill->section = &config->sections[config->section_count++];
    *fill->section =
        (struct fob_config_section){.name = name, .line = line->number};
}

static void parse_key(struct parse_fill *fill, const struct scan_line *line)
{
    struct fob_config *config = fill->parse->config;
    char *key = parse_own(fill, line->name.start);

    *parse_own(fill, line->name.end) = '\0';
    for (char *at = key; *at != '\0'; at++)
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
    fill->open = &config->entries[config->entry_count++];
    *fill->open = (struct fob_config_entry){
        .key = key,
        .text = line->value.start,
        .section = (uint32_t)(fill->section - config->sections),
        .line = line->number,
    };
    fill->end = parse_own(fill, line->value.end);
}

/* One more line of the open value, possibly an empty one. */
static void parse_more(struct parse_fill *fill, const struct slice *value)
{
    size_t len = (size_t)(value->end - value->start);

    *fill->end++ = '\n';
    if (len > 0)
        memmove(fill->end, value->start, len);
    fill->end += len;
}

static enum fob_status parse_line(struct parse_fill *fill,
                                  const struct scan_line *line)
{
    enum fob_status status = FOB_OK;

    if (fill->open != NULL && (line->kind == SCAN_MORE || line->in_value))
        parse_more(fill, &line->value);
    if (line->kind != SCAN_HEADER && line->kind != SCAN_KEY &&
        line->kind != SCAN_END)
        return FOB_OK;
    status = parse_close(fill);
    if (status != FOB_OK)
        return status;
    if (line->kind == SCAN_HEADER)
        parse_header(fill, line);
    else if (line->kind == SCAN_KEY)
        parse_key(fill, line);
    return FOB_OK;
}

static enum fob_status parse_tables(const struct parse *parse)
{
    struct parse_fill fill = {.parse = parse};
    enum fob_status status = FOB_OK;
    struct scan scan;
    struct scan_line line;

    parse_scan(&parse->config->text, &scan);
    do {
        scan_next(&scan, &line);
        status = parse_line(&fill, &line);
    } while (status == FOB_OK && line.kind != SCAN_END);
    return status;
}

enum fob_status fob_config_parse(struct fob_config *config,
                                 enum fob_config_kind kind,
                                 struct fob_secret *text, const char *path,
                                 struct fob_error *error)
{
    struct parse parse = {config, kind, path, error};
    enum fob_status status = FOB_OK;

    *config = (struct fob_config){.text = *text};
    *text = (struct fob_secret){0};
    status = parse_check_text(&parse);
    if (status == FOB_OK)
        status = parse_count(&parse);
    if (status == FOB_OK) {
        status = parse_alloc(config);
        if (status != FOB_OK)
            fob_error_no_memory(error);
    }
    if (status == FOB_OK)
        status = parse_tables(&parse);
    if (status == FOB_OK)
        status = order_build(&parse);
    if (status != FOB_OK)
        fob_config_free(config);
    return status;
}
