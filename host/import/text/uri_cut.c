/* SPDX-License-Identifier: MIT */
#include "host/import/text/uri_cut.h"

#include "host/import/text/uri_end.h"
#include "src/otpauth.h"

#include <string.h>

static bool is_any(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static struct fob_span skip(struct fob_span text, const char *set)
{
    while (text.len > 0 && is_any(text.at[0], set)) {
        text.at++;
        text.len--;
    }
    return text;
}

/* The value of the secret, where it is the last parameter. */
static struct fob_span last_secret(struct fob_span uri)
{
    static const char name[] = "secret=";
    const size_t len = sizeof(name) - 1;
    size_t at = uri_end_value(uri);
    struct fob_span value = {uri.at + at, uri.len - at};

    /* The first parameter's value begins with its name. */
    if (at > 0 && value.len > len &&
        fob_span_is((struct fob_span){value.at, len}, name))
        return (struct fob_span){value.at + len, value.len - len};
    if (at >= len &&
        fob_span_is((struct fob_span){uri.at + at - len, len}, name))
        return value;
    return (struct fob_span){0};
}

/* The last letter says it, for digits have no case. */
static bool is_upper_text(struct fob_span text)
{
    while (text.len > 1 && !is_letter(text.at[text.len - 1]))
        text.len--;
    return is_upper(text.at[text.len - 1]);
}

/* How many symbols of base32 the text begins with, in the case of `secret`. */
static size_t count_more(struct fob_span text, struct fob_span secret)
{
    bool upper = secret.len > 0 && is_upper_text(secret);
    size_t len = 0;

    while (len < text.len && secret.len > 0 &&
           (is_letter(text.at[len]) ? is_upper(text.at[len]) == upper
                                    : is_any(text.at[len], "234567")))
        len++;
    return len;
}

/* Whether the text is a word of base32 up to one of `ends`. */
static bool is_more_secret(struct fob_span text, struct fob_span secret,
                           const char *ends)
{
    size_t len = count_more(text, secret);

    return len > 0 && (len == text.len || is_any(text.at[len], ends) ||
                       (unsigned char)text.at[len] < ' ');
}

/* Of the next line: a short word before others is one of a language. */
static bool is_more_in_line(struct fob_span line, struct fob_span secret)
{
    enum { WORD_MAX = 7 };
    size_t len = count_more(line, secret);

    return is_more_secret(line, secret, "&=')]},;.|") ||
           (len > WORD_MAX && line.at[len] == ' ');
}

/* Behind a line's end, a backslash before it and what marks the next line as
 * quoted; none when the text does not begin with one. */
static struct fob_span next_line(struct fob_span text)
{
    text = skip(text, text.len > 0 && text.at[0] == '\\' ? "\\" : " \t");
    if (text.len == 0 || !is_any(text.at[0], "\r\n"))
        return (struct fob_span){0};
    if (text.len > 1 && text.at[0] == '\r' && text.at[1] == '\n')
        text = (struct fob_span){text.at + 1, text.len - 1};
    text = skip((struct fob_span){text.at + 1, text.len - 1}, " \t>|*#");
    for (size_t len = 0; len < text.len; len++)
        if ((unsigned char)text.at[len] < ' ' ||
            is_any(text.at[len], "\"<>`\\"))
            text.len = len;
    return fob_span_trim(text, " ");
}

/* Whether it holds "&NAME=" with a name that URIs have. */
static bool has_param(struct fob_span word)
{
    fob_span_cut(&word, '&');
    while (word.at != NULL) {
        struct fob_span value = fob_span_cut(&word, '&');
        struct fob_span name = fob_span_cut(&value, '=');

        if (value.at != NULL &&
            fob_otpauth_find_param(name) != FOB_OTPAUTH_PARAMS)
            return true;
    }
    return false;
}

/* "&digits=" alone: a name without its value, but an issuer may have none. */
static bool is_open(struct fob_span uri)
{
    static const char issuer[] = "issuer=";
    const size_t len = sizeof(issuer) - 1;
    size_t at = uri_end_value(uri);

    return at > 0 && at == uri.len && uri.at[at - 1] == '=' && at >= len &&
           !fob_span_is((struct fob_span){uri.at + at - len, len}, issuer);
}

static bool goes_on_in_line(struct fob_span uri, struct fob_span rest)
{
    struct fob_span line = next_line(rest), copy = line;
    struct fob_span word = fob_span_cut(&copy, ' ');

    copy = word;
    if (line.len == 0 || fob_span_holds(fob_span_cut(&copy, '&'), "://"))
        return false; /* another URI */
    return word.at[0] == '&' || is_open(uri) || has_param(word) ||
           is_any(uri.at[uri.len - 1], "?%") ||
           is_more_in_line(line, last_secret(uri));
}

/* A '\' that ends no string and begins no line's end. */
static bool is_escaped(struct fob_span rest)
{
    if (rest.len == 0 || rest.at[0] != '\\')
        return false;
    rest = skip(rest, "\\");
    return rest.len > 0 && (unsigned char)rest.at[0] > ' ' &&
           !is_any(rest.at[0], "\"'ntr");
}

/* "=3D" for every "=". */
static bool is_quoted_printable(struct fob_span uri)
{
    enum { SYMBOLS_OF_16 = 26, SYMBOLS_OF_10 = 16, SYMBOLS_OF_20 = 32 };
    struct fob_span secret = last_secret(uri);
    size_t count = 0;

    fob_span_cut(&uri, '?');
    for (size_t i = 0; i < uri.len; i++) {
        if (uri.at[i] != '=')
            continue;
        if (uri.len - i < 3 || memcmp(uri.at + i, "=3D", 3) != 0)
            return uri.len - i == 1 && count > 0; /* a line's soft end */
        count++;
    }
    /* A secret may begin with 3D. */
    return count > 1 || (count == 1 && (secret.len == SYMBOLS_OF_10 + 2 ||
                                        secret.len == SYMBOLS_OF_16 + 2 ||
                                        secret.len == SYMBOLS_OF_20 + 2));
}

static bool ends_in(struct fob_span uri, const char *end)
{
    size_t len = strlen(end);

    return uri.len >= len &&
           fob_span_is((struct fob_span){uri.at + uri.len - len, len}, end);
}

/* "; digits=8": what changes codes, behind what ends a URI. */
static bool has_param_behind(struct fob_span rest)
{
    struct fob_span name = skip(rest, " ,;|");
    size_t len = 0;

    if (rest.len == name.len)
        return false;
    while (len < name.len && is_letter(name.at[len]))
        len++;
    if (len == name.len || name.at[len] != '=')
        return false;
    switch (fob_otpauth_find_param((struct fob_span){name.at, len})) {
    case FOB_OTPAUTH_PART_ALGORITHM:
    case FOB_OTPAUTH_PART_DIGITS:
    case FOB_OTPAUTH_PART_PERIOD:
    case FOB_OTPAUTH_PART_COUNTER:
        return true;
    default:
        return false;
    }
}

const char *uri_cut_fault_alone(struct fob_span uri)
{
    if (is_quoted_printable(uri))
        return "it is in quoted-printable, as in a mail's source: save the "
               "mail as text";
    if (ends_in(uri, "&") || ends_in(uri, "&amp") || ends_in(uri, "&amp;"))
        return "it ends in a &: more of it may be missing";
    return NULL;
}

const char *uri_cut_fault(struct fob_span uri, struct fob_span text)
{
    struct fob_span rest = {text.at + uri.len, text.len - uri.len};
    const char *fault = uri_cut_fault_alone(uri);

    if (fault != NULL)
        return fault;
    if (is_escaped(rest))
        return "a backslash stands in it: more of it may follow";
    if (has_param_behind(rest))
        return "a parameter stands behind it, without a &";
    if (goes_on_in_line(uri, rest))
        return "it may go on in the next line";
    if (rest.len > 0 && rest.at[0] == ' ' &&
        is_more_secret(skip(rest, " "), last_secret(uri), " \"<>`\\"))
        return "its secret may go on behind a space";
    return NULL;
}
