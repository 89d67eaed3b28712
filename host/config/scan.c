/* SPDX-License-Identifier: MIT */
#include "host/config/scan.h"

#include <string.h>

void scan_start(struct scan *scan, const char *text, size_t len)
{
    *scan = (struct scan){.left = {text, text + len}};
}

/* Cut one line off; it ends at \n, \r\n or a lone \r, as in Python's text
 * files. */
static void scan_cut(struct scan *scan, struct scan_line *line)
{
    const char *end = slice_find(&scan->left, "\r\n");

    *line = (struct scan_line){.number = ++scan->number};
    line->text.start = scan->left.start;
    line->text.end = end != NULL ? end : scan->left.end;
    if (end == NULL)
        end = scan->left.end;
    else if (*end == '\r' && end + 1 < scan->left.end && end[1] == '\n')
        end += 2;
    else
        end++;
    line->whole = (struct slice){scan->left.start, end};
    scan->left.start = end;
}

static void scan_fault(struct scan *scan, struct scan_line *line,
                       const char *fault)
{
    line->kind = SCAN_FAULT;
    line->fault = fault;
    scan->left.start = scan->left.end;
}

/* `[name]`: greedy, so that the last bracket ends the name; what follows it
 * is left unread. */
static bool scan_header(struct scan *scan, struct scan_line *line)
{
    const char *end = line->text.end;

    if (*line->text.start != '[')
        return false;
    while (end > line->text.start && end[-1] != ']')
        end--;
    if (end < line->text.start + 3)
        return false;
    line->kind = SCAN_HEADER;
    line->name = (struct slice){line->text.start + 1, end - 1};
    scan->in_section = true;
    scan->in_value = false;
    return true;
}

static void scan_key(struct scan *scan, struct scan_line *line)
{
    const char *delimiter = slice_find(&line->text, "=:");

    if (delimiter == NULL) {
        scan_fault(scan, line,
                   "a key has no value; write `key = value`, or "
                   "# in front of a comment");
        return;
    }
    line->kind = SCAN_KEY;
    line->name = (struct slice){line->text.start, delimiter};
    line->value = (struct slice){delimiter + 1, line->text.end};
    slice_trim_end(&line->name);
    slice_trim_start(&line->value);
    if (slice_is_empty(&line->name))
        scan_fault(scan, line, "a value has no key; write `key = value`");
    else
        scan->in_value = true;
}

static const char *scan_fault_before_section(const struct scan_line *line)
{
    size_t len = (size_t)(line->text.end - line->text.start);

    if (line->number == 1 && len >= 3 &&
        memcmp(line->text.start, "\xef\xbb\xbf", 3) == 0)
        return "the file starts with a byte order mark; save it as UTF-8 "
               "without one";
    return "a line stands before any section; put a header such as "
           "[default] above it";
}

/* Blank lines and comments change nothing of what follows. */
static bool scan_idle(const struct scan *scan, struct scan_line *line)
{
    if (slice_is_empty(&line->text)) {
        line->kind = SCAN_BLANK;
        line->in_value = scan->in_value;
        return true;
    }
    if (*line->text.start != '#' && *line->text.start != ';')
        return false;
    line->kind = SCAN_COMMENT;
    return true;
}

void scan_next(struct scan *scan, struct scan_line *line)
{
    size_t indent = 0;

    if (slice_is_empty(&scan->left)) {
        *line = (struct scan_line){.kind = SCAN_END, .number = scan->number};
        return;
    }
    scan_cut(scan, line);
    indent = slice_trim_start(&line->text);
    slice_trim_end(&line->text);
    if (scan_idle(scan, line))
        return;
    if (scan->in_value && indent > scan->indent) {
        line->kind = SCAN_MORE;
        line->value = line->text;
        return;
    }
    scan->indent = indent;
    if (scan_header(scan, line))
        return;
    if (scan->in_section)
        scan_key(scan, line);
    else
        scan_fault(scan, line, scan_fault_before_section(line));
}
