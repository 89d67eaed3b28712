/* SPDX-License-Identifier: MIT */
/* Requests to the endpoint: no bytes but the right ones are let in, and it
 * does not matter how they arrive. */
#include "host/net/serve_request.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define TOKEN "token"

static void require(bool good)
{
    if (!good)
        abort();
}

static bool starts_with(const uint8_t *data, size_t size, const char *text)
{
    return size >= strlen(text) && memcmp(data, text, strlen(text)) == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int whole = serve_request_judge(data, size, TOKEN), piecewise = SERVE_MORE;

    for (size_t len = 0; len <= size && piecewise == SERVE_MORE; len++)
        piecewise = serve_request_judge(data, len, TOKEN);
    require(piecewise == whole);
    if (whole == SERVE_OK)
        require(starts_with(data, size, "GET /credentials HTTP/1.") &&
                memmem(data, size, TOKEN, strlen(TOKEN)) != NULL);
    require(whole != SERVE_MORE || size < SERVE_REQUEST_MAX);
    require(serve_request_judge(data, size, "") != SERVE_OK);
    return 0;
}
