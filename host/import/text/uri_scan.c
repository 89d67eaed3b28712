/* SPDX-License-Identifier: MIT */
#include "host/import/text/uri_scan.h"

#include "host/import/text/uri_cut.h"
#include "host/import/text/uri_end.h"

#include <string.h>

enum { SECRET_SYMBOLS_MIN = 16 }; /* FOB_SECRET_MIN in base32 */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool begins(struct fob_span text, const char *word)
{
    size_t len = strlen(word);

    return text.len >= len &&
           fob_span_is((struct fob_span){text.at, len}, word);
}

/* How many symbols of base32 the text begins with. */
static size_t count_symbols(struct fob_span text)
{
    size_t count = 0;

    while (count < text.len &&
           (is_letter(text.at[count]) ||
            (text.at[count] >= '2' && text.at[count] <= '7')))
        count++;
    return count;
}

/* A seed is longer than what steam:// else stands before. */
static bool is_steam(struct fob_span text)
{
    static const char scheme[] = "steam://";
    const size_t len = sizeof(scheme) - 1;

    return begins(text, scheme) &&
           count_symbols((struct fob_span){text.at + len, text.len - len}) >=
               SECRET_SYMBOLS_MIN;
}

/* A URI of any kind that makes codes. */
static bool is_uri(struct fob_span text)
{
    switch (text.at[0]) {
    case 'o':
    case 'O':
        return begins(text, "otpauth:/") || begins(text, "otpauth-migration:/");
    case 's':
    case 'S':
        return is_steam(text);
    case 'm':
    case 'M':
        return begins(text, "motp://");
    default:
        return false;
    }
}

/* The line that begins there, without its end. */
static struct fob_span cut_line(struct fob_span text)
{
    return fob_span_cut(&text, '\n');
}

/* "totp: SECRET", as pass, gopass and people's notes have it. */
static bool is_secret_line(struct fob_span line)
{
    static const char *const keys[] = {"totp", "hotp", "otp", "2fa", "mfa"};
    static const char around[] = " \t\r\"'";
    struct fob_span value = line;
    bool has_colon = memchr(line.at, ':', line.len) != NULL;
    struct fob_span key =
        fob_span_trim(fob_span_cut(&value, has_colon ? ':' : '='), around);

    value = fob_span_trim(value, around);
    for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
        if (fob_span_is(key, keys[i]))
            return value.len >= SECRET_SYMBOLS_MIN &&
                   count_symbols(value) == value.len;
    return false;
}

/* The same as a member of an app's JSON: what stands behind its first quote.
 * The bytes of it, or 0. */
static size_t match_member(struct fob_span text)
{
    static const char *const keys[] = {
        "totp", "otp", "totpsecret", "totp_secret", "otp_secret", "otpsecret"};
    struct fob_span value = text, key = fob_span_cut(&value, '"');
    size_t i = 0, symbols;

    while (i < sizeof(keys) / sizeof(*keys) && !fob_span_is(key, keys[i]))
        i++;
    if (i == sizeof(keys) / sizeof(*keys))
        return 0;
    while (value.len > 0 && strchr(" :\"", value.at[0]) != NULL) {
        value.at++;
        value.len--;
    }
    symbols = count_symbols(value);
    if (symbols < SECRET_SYMBOLS_MIN || symbols == value.len ||
        value.at[symbols] != '"')
        return 0;
    return (size_t)(value.at - text.at) + symbols;
}

bool uri_scan_may_find(struct fob_span text)
{
    static const char word[] = "tpauth";

    return memmem(text.at, text.len, word, sizeof(word) - 1) != NULL ||
           memmem(text.at, text.len, "TPAUTH", sizeof(word) - 1) != NULL;
}

/* So much of the text that a member with a secret has room in it. */
static struct fob_span cut_key(struct fob_span text)
{
    enum { MEMBER_MAX = 512 };

    if (text.len > MEMBER_MAX)
        text.len = MEMBER_MAX;
    return text;
}

static bool find_at(const struct uri_scan *scan, struct uri_found *found)
{
    struct fob_span rest = {scan->text.at + scan->at,
                            scan->text.len - scan->at};
    char before = scan->at > 0 ? rest.at[-1] : '\0';
    bool starts_line = before == '\0' || before == '\n';

    *found = (struct uri_found){.line = scan->line};
    /* What is glued to one is a URI all the same. */
    if (is_letter(before) && (scan->at == 0 || scan->at != scan->end))
        return false;
    if (is_uri(rest)) {
        found->uri = uri_end_cut(rest, before);
        found->fault = uri_cut_fault(found->uri, rest);
        return true;
    }
    if (begins(rest, "otpauth%3a%2f")) {
        found->uri = uri_end_cut(rest, before);
        found->fault = "it stands in another URI, percent-encoded";
        return true;
    }
    found->uri.at = rest.at;
    if (before == '"')
        found->uri.len = match_member(cut_key(rest));
    else if (starts_line && is_secret_line(cut_line(rest)))
        found->uri = cut_line(rest);
    if (found->uri.len == 0)
        return false;
    found->fault = "it is a secret without an otpauth URI: fob add takes it";
    return true;
}

bool uri_scan_next(struct uri_scan *scan, struct uri_found *found)
{
    for (; scan->at < scan->text.len; scan->at++) {
        if (find_at(scan, found)) {
            scan->at += found->uri.len;
            scan->end = scan->at;
            return true;
        }
        scan->line += scan->text.at[scan->at] == '\n';
    }
    return false;
}
