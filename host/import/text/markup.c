/* SPDX-License-Identifier: MIT */
#include "host/import/text/markup.h"

#include <string.h>

static const char cdata[] = "<![CDATA[";

static bool begins(const struct markup *markup, const char *with)
{
    size_t len = strlen(with);

    return markup->rest.len >= len && memcmp(markup->rest.at, with, len) == 0;
}

/* Move over `len` bytes. */
static struct fob_span take_bytes(struct markup *markup, size_t len)
{
    struct fob_span taken = {markup->rest.at, len};

    for (size_t i = 0; i < len; i++)
        markup->line += taken.at[i] == '\n';
    markup->rest.at += len;
    markup->rest.len -= len;
    return taken;
}

/* Move behind the next `mark`, or to the end. */
static void skip_past(struct markup *markup, const char *mark)
{
    size_t len = strlen(mark);
    const char *at = memmem(markup->rest.at, markup->rest.len, mark, len);

    (void)take_bytes(markup, at != NULL ? (size_t)(at - markup->rest.at) + len
                                        : markup->rest.len);
}

static bool skip_other(struct markup *markup)
{
    if (begins(markup, "<!--"))
        skip_past(markup, "-->");
    else if (begins(markup, "<?"))
        skip_past(markup, "?>");
    else if (begins(markup, "<!") && !begins(markup, cdata))
        skip_past(markup, ">");
    else
        return false;
    return true;
}

static struct markup_token take_tag(struct markup *markup)
{
    struct markup_token token = {.line = markup->line};
    const char *end = memchr(markup->rest.at, '>', markup->rest.len);
    struct fob_span tag =
        take_bytes(markup, end != NULL ? (size_t)(end - markup->rest.at) + 1
                                       : markup->rest.len);
    bool is_close;

    tag = fob_span_trim(tag, "<>");
    is_close = tag.len > 0 && tag.at[0] == '/';
    token.kind = is_close ? MARKUP_CLOSE : MARKUP_OPEN;
    markup->is_closing = !is_close && tag.len > 0 && tag.at[tag.len - 1] == '/';
    tag = fob_span_trim(tag, "/");
    for (token.name = (struct fob_span){tag.at, 0};
         token.name.len < tag.len &&
         strchr(" \t\r\n", tag.at[token.name.len]) == NULL;)
        token.name.len++;
    markup->name = token.name;
    return token;
}

static struct markup_token take_cdata(struct markup *markup)
{
    static const char mark[] = "]]>";
    struct markup_token token = {.kind = MARKUP_TEXT, .is_raw = true};
    const char *end;

    (void)take_bytes(markup, sizeof(cdata) - 1);
    token.line = markup->line;
    end = memmem(markup->rest.at, markup->rest.len, mark, sizeof(mark) - 1);
    token.text =
        take_bytes(markup, end != NULL ? (size_t)(end - markup->rest.at)
                                       : markup->rest.len);
    skip_past(markup, mark);
    return token;
}

static struct markup_token take_text(struct markup *markup)
{
    struct markup_token token = {.kind = MARKUP_TEXT, .line = markup->line};
    const char *end = memchr(markup->rest.at, '<', markup->rest.len);

    token.text =
        take_bytes(markup, end != NULL ? (size_t)(end - markup->rest.at)
                                       : markup->rest.len);
    return token;
}

struct markup_token markup_next(struct markup *markup)
{
    struct markup_token token = {.line = markup->line};

    if (markup->is_closing) {
        markup->is_closing = false;
        token.kind = MARKUP_CLOSE;
        token.name = markup->name;
        return token;
    }
    while (markup->rest.len > 0 && skip_other(markup))
        ;
    token.line = markup->line;
    if (markup->rest.len == 0)
        return token;
    if (begins(markup, cdata))
        return take_cdata(markup);
    return markup->rest.at[0] == '<' ? take_tag(markup) : take_text(markup);
}
