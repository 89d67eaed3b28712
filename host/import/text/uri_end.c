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
    static const char *const begins[] = {"otpauth:", "otpauth-", "otpauth%",
                                         "steam://", "motp://"};

    if (memchr("oOsSmM", text.at[0], 6) == NULL)
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

/* "&name=", the '&' as HTML has it or not: bytes of it, or 0. */
static size_t match_param(struct fob_span text)
{
    static const char entity[] = "&amp;";
    size_t len = 1, name;

    if (text.at[0] != '&')
        return 0;
    if (text.len >= strlen(entity) &&
        memcmp(text.at, entity, strlen(entity)) == 0)
        len = strlen(entity);
    for (name = 0; len < text.len && is_letter(text.at[len]); name++)
        len++;
    return name > 0 && len < text.len && text.at[len] == '=' ? len + 1 : 0;
}

/* Where the last parameter's value begins; 0 for a URI without any. */
static size_t last_value(struct fob_span uri)
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

struct fob_span uri_end_cut(struct fob_span text, char before)
{
    struct fob_span uri = cut_hard(text);
    const char soft[] = {' ', ',', ';', '|', closer_of(before)};
    size_t len = last_value(uri);

    while (len < uri.len && memchr(soft, uri.at[len], sizeof(soft)) == NULL)
        len++;
    return (struct fob_span){uri.at, len};
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* What follows the blank: base32 in the same case as the secret? */
static bool is_more_secret(struct fob_span rest, bool upper)
{
    size_t len = 0;

    while (len < rest.len && rest.at[len] != ' ' && !is_hard(rest.at[len])) {
        char c = rest.at[len++];

        if (is_letter(c) ? is_upper(c) != upper : c < '2' || c > '7')
            return false;
    }
    return len > 0;
}

bool uri_end_splits_secret(struct fob_span uri, struct fob_span text)
{
    static const char name[] = "secret=";
    const size_t len = sizeof(name) - 1;
    struct fob_span rest = {text.at + uri.len, text.len - uri.len};
    size_t at = last_value(uri);
    struct fob_span value = {uri.at + at, uri.len - at};

    if (rest.len == 0 || rest.at[0] != ' ')
        return false;
    /* The first parameter's value begins with its name. */
    if (value.len > len &&
        fob_span_is((struct fob_span){value.at, len}, name)) {
        value.at += len;
        value.len -= len;
    } else if (at < len ||
               !fob_span_is((struct fob_span){uri.at + at - len, len}, name)) {
        return false;
    }
    while (rest.len > 0 && rest.at[0] == ' ') {
        rest.at++;
        rest.len--;
    }
    return value.len > 0 &&
           is_more_secret(rest, is_upper(value.at[value.len - 1]));
}
