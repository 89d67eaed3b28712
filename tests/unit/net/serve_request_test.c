/* SPDX-License-Identifier: MIT */
/* What the endpoint makes of requests. */
#include "host/net/serve_request.h"

#include "tests/lib/tap.h"

#include <stdlib.h>
#include <string.h>

#define TOKEN "0123456789abcdef"
#define GOOD "GET /credentials HTTP/1.1\r\nAuthorization: " TOKEN "\r\n\r\n"

/* On exactly as much memory, so that one byte too far is seen. */
static int judge(const char *data, size_t len, const char *token)
{
    char *copy = malloc(len ? len : 1);
    int verdict;

    if (copy == NULL)
        abort();
    memcpy(copy, data, len);
    verdict = serve_request_judge(copy, len, token);
    free(copy);
    return verdict;
}

static const struct {
    int verdict;
    const char *request;
} rows[] = {
    {200, GOOD},
    {200, GOOD "more"},
    {200, "GET /credentials HTTP/1.0\r\nauthorization:\t" TOKEN " \r\n\r\n"},
    {200, "GET /credentials HTTP/1.1\r\nHost: x\r\nX: \xc3\xa9\r\n"
          "AUTHORIZATION:" TOKEN "\r\nAccept: */*\r\n\r\n"},
    {403, "GET /credentials HTTP/1.1\r\n\r\n"},
    {403, "GET /credentials HTTP/1.1\r\nAuthorization:\r\n\r\n"},
    {403, "GET /credentials HTTP/1.1\r\nAuthorization: 0\r\n\r\n"},
    {403, "GET /credentials HTTP/1.1\r\nAuthorization: " TOKEN "0\r\n\r\n"},
    {403, "GET /credentials HTTP/1.1\r\nAuthorization: 0123456789abcdeF"
          "\r\n\r\n"},
    {403, "GET /credentials HTTP/1.1\r\nAuthorizatio: " TOKEN "\r\n\r\n"},
    {404, "GET / HTTP/1.1\r\nAuthorization: " TOKEN "\r\n\r\n"},
    {404, "GET /credentials/ HTTP/1.1\r\nAuthorization: " TOKEN "\r\n\r\n"},
    {404, "GET /credential HTTP/1.1\r\nAuthorization: " TOKEN "\r\n\r\n"},
    {404, "GET  HTTP/1.1\r\n\r\n"},
    {404, "GET http://127.0.0.1/credentials HTTP/1.1\r\n\r\n"},
    {405, "POST /credentials HTTP/1.1\r\nAuthorization: " TOKEN "\r\n\r\n"},
    {405, "get /credentials HTTP/1.1\r\nAuthorization: " TOKEN "\r\n\r\n"},
    {400, "GET /credentials HTTP/2.0\r\n\r\n"},
    {400, "GET /credentials  HTTP/1.1\r\n\r\n"},
    {400, "GET /credentials\r\n\r\n"},
    {400, "\r\n\r\n"},
    {400, "GET /credentials HTTP/1.1\r\nAuthorization : " TOKEN "\r\n\r\n"},
    {400, "GET /credentials HTTP/1.1\r\n Authorization: " TOKEN "\r\n\r\n"},
    {400, "GET /credentials HTTP/1.1\r\nnothing\r\n\r\n"},
    {400, "GET /credentials HTTP/1.1\r\n: x\r\n\r\n"},
    {400, "GET /credentials HTTP/1.1\r\nA: \x01\r\n\r\n"},
    {400, "GET /credentials HTTP/1.1\r\nA: b\nC: d\r\n\r\n"},
    {400, "GET /credentials HTTP/1.1\r\nAuthorization: " TOKEN
          "\r\nAuthorization: " TOKEN "\r\n\r\n"},
    {400, "POST /credentials HTTP/1.1\r\nnothing\r\n\r\n"},
};

static void test_rows(void)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        int verdict = judge(rows[i].request, strlen(rows[i].request), TOKEN);

        tap_ok(verdict == rows[i].verdict, "request %zu: %d", i,
               rows[i].verdict);
    }
    tap_ok(judge(GOOD, strlen(GOOD), "") == SERVE_FORBIDDEN,
           "an empty token opens nothing");
    tap_ok(judge("GET /credentials HTTP/1.1\r\nAuthorization:\r\n\r\n", 45,
                 "") == SERVE_FORBIDDEN,
           "not even to an empty one");
    tap_ok(judge("GET \0 HTTP/1.1\r\n\r\n", 19, TOKEN) == SERVE_BAD,
           "a NUL is no text");
}

static void test_cut(void)
{
    bool good = true;

    for (size_t len = 0; len < strlen(GOOD); len++)
        good &= judge(GOOD, len, TOKEN) == SERVE_MORE;
    tap_ok(good, "every part of a request waits for more");
}

static void test_long(void)
{
    static char request[SERVE_REQUEST_MAX + 1];

    memset(request, 'x', sizeof(request));
    tap_ok(judge(request, SERVE_REQUEST_MAX - 1, TOKEN) == SERVE_MORE,
           "one byte is left");
    tap_ok(judge(request, SERVE_REQUEST_MAX, TOKEN) == SERVE_TOO_LARGE,
           "too much");
    memcpy(request + SERVE_REQUEST_MAX - 4, "\r\n\r\n", 4);
    tap_ok(judge(request, SERVE_REQUEST_MAX, TOKEN) == SERVE_BAD,
           "just enough");
}

int main(void)
{
    test_rows();
    test_cut();
    test_long();
    return tap_done();
}
