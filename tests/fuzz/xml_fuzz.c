/* SPDX-License-Identifier: MIT */
/* Any reply body, its first byte choosing how it is read: whatever comes out
 * is a message that decodes to the same pairs. */
#include "host/net/answer.h"

#include "tests/lib/exact.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void check(bool good)
{
    if (!good)
        abort();
}

static void check_pairs(const struct fob_exchange_reply *reply)
{
    struct fob_exchange_pair pair;
    size_t at = 0, count = 0;

    while (fob_exchange_next(reply, &at, &pair)) {
        check(*pair.path != '\0' && strlen(pair.path) <= FOB_EXCHANGE_PATH_MAX);
        check(count > 0 || fob_exchange_find(reply, pair.path) == pair.value);
        count++;
    }
    check(count == reply->pair_count);
}

static void check_message(const struct net_flat *flat, uint16_t status)
{
    struct fob_exchange_reply reply = {
        .maybe_sent = true,
        .fault = "",
        .http_status = status,
        .request_id = "",
        .pair_count = flat->pair_count,
        .pairs = flat->pairs.data,
        .pairs_len = flat->pairs.len,
    };
    struct fob_exchange_reply again;
    struct fob_secret message = {NULL, 0, 0};

    check(fob_exchange_reply_encode(&reply, &message) == FOB_OK);
    check(fob_exchange_reply_decode(message.data, message.len, &again) ==
          FOB_OK);
    check_pairs(&again);
    fob_secret_free(&message);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    static const char *const types[] = {"text/xml", "application/json"};
    struct net_http http = {.status = 200};
    struct fob_error error = {FOB_OK, "", ""};
    struct net_flat flat;
    uint8_t *body;

    if (fob_secret_start() != FOB_OK || len == 0)
        return 0;
    http.status = (data[0] & 2) != 0 ? 403 : 200;
    strcpy(http.type, types[data[0] & 1]);
    body = exact_copy(data + 1, len - 1);
    http.body.data = body;
    http.body.len = len - 1;
    check(net_flat_init(&flat) == FOB_OK);
    if (net_answer_flatten(&http, &flat, &error) == FOB_OK)
        check_message(&flat, http.status);
    else
        check(*error.text != '\0' && http.status == 200);
    net_flat_free(&flat);
    free(body);
    return 0;
}
