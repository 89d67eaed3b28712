/* SPDX-License-Identifier: MIT */
#include "host/net/serve_request.h"

#include "src/wipe.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

struct piece {
    const char *at;
    size_t len;
};

static bool piece_is(struct piece piece, const char *text)
{
    return piece.len == strlen(text) && memcmp(piece.at, text, piece.len) == 0;
}

/* Take what stands ahead of the first `separator`; false when there is
 * none. */
static bool piece_take(struct piece *rest, const char *separator,
                       struct piece *taken)
{
    size_t len = strlen(separator);
    const char *end =
        rest->len ? memmem(rest->at, rest->len, separator, len) : NULL;

    if (end == NULL)
        return false;
    *taken = (struct piece){rest->at, (size_t)(end - rest->at)};
    rest->at = end + len;
    rest->len -= taken->len + len;
    return true;
}

/* Visible ASCII, spaces and tabs; with bytes beyond ASCII, as headers may. */
static bool piece_is_text(struct piece piece)
{
    for (size_t i = 0; i < piece.len; i++) {
        unsigned char byte = (unsigned char)piece.at[i];

        if ((byte < 0x20 && byte != '\t') || byte == 0x7f)
            return false;
    }
    return true;
}

static void piece_trim(struct piece *piece)
{
    while (piece->len > 0 && strchr(" \t", piece->at[0]) != NULL) {
        piece->at++;
        piece->len--;
    }
    while (piece->len > 0 && strchr(" \t", piece->at[piece->len - 1]) != NULL)
        piece->len--;
}

static int judge_first_line(struct piece line)
{
    struct piece method, target;

    if (!piece_is_text(line) || !piece_take(&line, " ", &method) ||
        !piece_take(&line, " ", &target))
        return SERVE_BAD;
    if (!piece_is(line, "HTTP/1.1") && !piece_is(line, "HTTP/1.0"))
        return SERVE_BAD;
    if (!piece_is(method, "GET"))
        return SERVE_BAD_METHOD;
    return piece_is(target, SERVE_PATH) ? SERVE_OK : SERVE_NOT_FOUND;
}

/* One header; the value of Authorization into *shown, where a second one is
 * a fault.  A name has no space before its colon, nor is a line continued
 * (RFC 9112 section 5.1 and 5.2). */
static bool read_header(struct piece line, struct piece *shown)
{
    static const char wanted[] = "authorization";
    struct piece name;

    if (!piece_is_text(line) || !piece_take(&line, ":", &name) ||
        name.len == 0 || memchr(name.at, ' ', name.len) != NULL ||
        memchr(name.at, '\t', name.len) != NULL)
        return false;
    if (name.len != strlen(wanted) ||
        strncasecmp(name.at, wanted, name.len) != 0)
        return true;
    if (shown->at != NULL)
        return false;
    piece_trim(&line);
    *shown = line;
    return true;
}

static bool is_shown(struct piece shown, const char *token)
{
    size_t len = strlen(token);

    return len > 0 && shown.at != NULL && shown.len == len &&
           fob_equal(shown.at, token, len);
}

/* What is no HTTP is told before what is wrong with it. */
static int judge_head(struct piece head, const char *token)
{
    struct piece line, shown = {0};
    int verdict = SERVE_BAD;

    if (piece_take(&head, "\r\n", &line))
        verdict = judge_first_line(line);
    while (verdict != SERVE_BAD && piece_take(&head, "\r\n", &line))
        if (!read_header(line, &shown))
            verdict = SERVE_BAD;
    if (verdict == SERVE_OK && !is_shown(shown, token))
        verdict = SERVE_FORBIDDEN;
    return verdict;
}

int serve_request_judge(const void *data, size_t len, const char *token)
{
    static const char end[] = "\r\n\r\n";
    const char *at = len ? memmem(data, len, end, strlen(end)) : NULL;
    size_t head_len;

    if (at == NULL)
        return len < SERVE_REQUEST_MAX ? SERVE_MORE : SERVE_TOO_LARGE;
    head_len = (size_t)(at - (const char *)data) + 2;
    if (head_len > SERVE_REQUEST_MAX)
        return SERVE_TOO_LARGE;
    return judge_head((struct piece){data, head_len}, token);
}
