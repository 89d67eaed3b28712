/* SPDX-License-Identifier: MIT */
#include "host/import/text/uri_end.h"

#include <string.h>

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_hard(char c)
{
    return (unsigned char)c < ' ' || c == '\x7f' ||
           memchr("\"<>`\\", c, 5) != NULL;
}

static char closer_of(char before)
{
    static const char open[] = "([{'", close[] = ")]}'";
    const char *at = before != '\0' ? strchr(open, before) : NULL;

    return at != NULL ? close[at - open] : '\0';
}

/* Where another one begins: no text is looked through twice. */
static bool begins_uri(struct fob_span text)
{
    static const char *const begins[] = {"otpauth:",       "otpauth-",
                                         "otpauth%",       "steam://",
                                         "apple-otpauth:", "motp://"};

    if (memchr("oOsSmMaA", text.at[0], 8) == NULL)
        return false;
    for (size_t i = 0; i < sizeof(begins) / sizeof(*begins); i++) {
        size_t len = strlen(begins[i]);

        if (text.len >= len &&
            fob_span_is((struct fob_span){text.at, len}, begins[i]))
            return true;
    }
    return false;
}

/* Up to what no URI holds. */
static struct fob_span cut_hard(struct fob_span text)
{
    size_t len = 0;

    while (len < text.len && !is_hard(text.at[len]) &&
           (len == 0 ||
            !begins_uri((struct fob_span){text.at + len, text.len - len})))
        len++;
    return (struct fob_span){text.at, len};
}

/* "&", and what HTML makes of one once or twice: bytes of it, or 0. */
static size_t match_and(struct fob_span text)
{
    static const char *const entities[] = {"amp;", "#38;", "#038;", "#x26;"};
    size_t len = text.at[0] == '&' ? 1 : 0, i = 0;

    while (len > 0 && i < sizeof(entities) / sizeof(*entities)) {
        size_t more = strlen(entities[i]);
        bool is_next =
            text.len - len >= more &&
            fob_span_is((struct fob_span){text.at + len, more}, entities[i]);

        len += is_next ? more : 0;
        i = is_next ? 0 : i + 1;
    }
    return len;
}

static bool is_of_name(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("_-.", c) != NULL);
}

/* "&name=": bytes of it, or 0. */
static size_t match_param(struct fob_span text)
{
    size_t begin = match_and(text), len = begin;

    if (begin == 0)
        return 0;
    while (len < text.len && is_of_name(text.at[len]))
        len++;
    return len > begin && len < text.len && text.at[len] == '=' ? len + 1 : 0;
}

size_t uri_end_value(struct fob_span uri)
{
    const char *query = memchr(uri.at, '?', uri.len);
    size_t at, last;

    if (query == NULL)
        return 0;
    last = (size_t)(query - uri.at) + 1;
    for (at = last; at < uri.len; at++) {
        size_t len = match_param((struct fob_span){uri.at + at, uri.len - at});

        if (len > 0)
            last = at + len;
    }
    return last;
}

/* Without the '.' that ends a sentence, which a name may end in as well. */
static struct fob_span cut_stop(struct fob_span uri, char next)
{
    static const char issuer[] = "issuer=";
    const size_t len = sizeof(issuer) - 1;
    size_t value = uri_end_value(uri);

    if (value == 0 || uri.at[uri.len - 1] != '.' || next == '.' ||
        (value >= len &&
         fob_span_is((struct fob_span){uri.at + value - len, len}, issuer)))
        return uri;
    return (struct fob_span){uri.at, uri.len - 1};
}

bool uri_end_is_lone(struct fob_span line)
{
    for (size_t at = 1; at < line.len; at++)
        if (begins_uri((struct fob_span){line.at + at, line.len - at}))
            return false;
    return true;
}

struct fob_span uri_end_cut(struct fob_span text, char before)
{
    struct fob_span uri = cut_hard(text);
    const char soft[] = {' ', ',', ';', '|', closer_of(before)};
    size_t len = uri_end_value(uri);

    while (len < uri.len && memchr(soft, uri.at[len], sizeof(soft)) == NULL)
        len++;
    return cut_stop((struct fob_span){uri.at, len},
                    text.len > len ? text.at[len] : '\0');
}
