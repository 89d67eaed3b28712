/* SPDX-License-Identifier: MIT */
#include "host/aws/exchange.h"

#include "tests/lib/exact.h"
#include "tests/lib/tap.h"

static struct fob_exchange_request sample_request(void)
{
    return (struct fob_exchange_request){
        .method = "POST",
        .url = "https://h/",
        .headers = {{"Host", "h"}, {"X-Amz-Date", "20150830T123600Z"}},
        .header_count = 2,
        .body = (const uint8_t *)"A=B",
        .body_len = 3,
        .ca_bundle = "/ca.pem",
        .proxy = "http://p:3128",
        .no_proxy = "*",
        .connect_timeout_ms = 5000,
        .total_timeout_ms = 30000,
    };
}

/* As docs/protocol.md writes the message. */
static const char REQUEST_HEX[] =
    "01 01 00000004 504f5354 00 0000000a 68747470733a2f2f682f 00"
    "02 00000004 486f7374 00 00000001 68 00"
    "0000000a 582d416d7a2d44617465 00"
    "00000010 3230313530383330543132333630305a 00"
    "00000003 413d42 00000007 2f63612e70656d 00"
    "0000000d 687474703a2f2f703a33313238 00 00000001 2a 00"
    "00001388 00007530";

static const char REPLY_HEX[] =
    "01 02 00 01 00000000 00 00c8 000000006553f100 00000002 6964 00"
    "0002 00000003 412f42 00 00000001 78 00 00000001 43 00 00000000 00";

static void test_request(void)
{
    struct fob_exchange_request request = sample_request(), read;
    struct fob_secret message = {NULL, 0, 0};
    size_t len;
    uint8_t *wanted = exact_hex(REQUEST_HEX, &len);

    tap_ok(fob_exchange_request_encode(&request, &message) == FOB_OK &&
               message.len == len && memcmp(message.data, wanted, len) == 0,
           "a request byte for byte");
    tap_ok(fob_exchange_request_decode(wanted, len, &read) == FOB_OK &&
               strcmp(read.method, "POST") == 0 &&
               strcmp(read.url, request.url) == 0 && read.header_count == 2 &&
               strcmp(read.headers[1].name, "X-Amz-Date") == 0 &&
               strcmp(read.headers[1].value, "20150830T123600Z") == 0 &&
               read.body_len == 3 && memcmp(read.body, "A=B", 3) == 0 &&
               strcmp(read.ca_bundle, "/ca.pem") == 0 &&
               strcmp(read.proxy, request.proxy) == 0 &&
               strcmp(read.no_proxy, "*") == 0 &&
               read.connect_timeout_ms == 5000 &&
               read.total_timeout_ms == 30000,
           "and back");
    fob_secret_free(&message);
    free(wanted);
}

static void test_request_cut(void)
{
    static const struct fob_exchange_request zero;
    struct fob_exchange_request read;
    bool good = true;
    size_t len;
    uint8_t *whole = exact_hex(REQUEST_HEX, &len);

    for (size_t cut = 0; cut < len; cut++) {
        uint8_t *part = exact_copy(whole, cut);

        memset(&read, 0xff, sizeof(read));
        good = good &&
               fob_exchange_request_decode(part, cut, &read) != FOB_OK &&
               memcmp(&read, &zero, sizeof(zero)) == 0;
        free(part);
    }
    tap_ok(good, "a request cut at any length is refused, and leaves nothing");
    free(whole);
}

static void refuse_encode(struct fob_exchange_request request,
                          enum fob_status status, const char *what)
{
    struct fob_secret message = {NULL, 0, 0};

    tap_ok(fob_exchange_request_encode(&request, &message) == status &&
               message.data == NULL,
           "not sent: %s", what);
}

static void test_request_refused(void)
{
    struct fob_exchange_request request = sample_request();

    request.method = "PUT";
    refuse_encode(request, FOB_E_SYNTAX, "a method other than GET and POST");
    request = sample_request(), request.method = "GET";
    refuse_encode(request, FOB_E_SYNTAX, "a GET with a body");
    request = sample_request(), request.url = "http://example.com/";
    refuse_encode(request, FOB_E_USAGE, "plain http beyond this machine");
    request = sample_request(), request.url = "https://u@h/";
    refuse_encode(request, FOB_E_SYNTAX, "a URL with a user");
    request = sample_request(), request.headers[0].value = "h\r\nX: y";
    refuse_encode(request, FOB_E_SYNTAX, "a header with a line end");
    request = sample_request(), request.headers[0].value = "";
    refuse_encode(request, FOB_E_SYNTAX, "a header without a value");
    request = sample_request(), request.headers[0].name = "Ho st";
    refuse_encode(request, FOB_E_SYNTAX, "a header name with a space");
    request = sample_request(), request.headers[0].name = "Host:";
    refuse_encode(request, FOB_E_SYNTAX, "a header name with a colon");
    request = sample_request(), request.header_count = 17;
    refuse_encode(request, FOB_E_TOO_LONG, "17 headers");
    request = sample_request(), request.total_timeout_ms = 0;
    refuse_encode(request, FOB_E_SYNTAX, "a request without an end");
    request = sample_request(), request.proxy = "http://p\n";
    refuse_encode(request, FOB_E_SYNTAX, "a proxy with a line end");
}

static void test_request_large(void)
{
    struct fob_exchange_request request = sample_request();
    struct fob_secret message = {NULL, 0, 0};
    uint8_t *body = exact_copy(NULL, FOB_EXCHANGE_REQUEST_MAX);

    request.body = body;
    request.body_len = 60000;
    tap_ok(fob_exchange_request_encode(&request, &message) == FOB_OK,
           "a body of 60000 bytes");
    fob_secret_free(&message);
    request.body_len = FOB_EXCHANGE_REQUEST_MAX;
    refuse_encode(request, FOB_E_TOO_LONG, "a body of 64 KiB");
    free(body);
}

static void test_reply(void)
{
    struct fob_exchange_reply reply, again;
    struct fob_secret message = {NULL, 0, 0};
    struct fob_exchange_pair pair;
    size_t len, at = 0;
    uint8_t *bytes = exact_hex(REPLY_HEX, &len);

    tap_ok(fob_exchange_reply_decode(bytes, len, &reply) == FOB_OK &&
               reply.status == FOB_OK && reply.maybe_sent &&
               *reply.fault == '\0' && reply.http_status == 200 &&
               reply.date_s == 1700000000 &&
               strcmp(reply.request_id, "id") == 0 && reply.pair_count == 2,
           "a reply byte for byte");
    tap_ok(strcmp(fob_exchange_find(&reply, "A/B"), "x") == 0 &&
               *fob_exchange_find(&reply, "C") == '\0' &&
               fob_exchange_find(&reply, "A") == NULL,
           "values by their path");
    tap_ok(fob_exchange_next(&reply, &at, &pair) &&
               fob_exchange_next(&reply, &at, &pair) &&
               strcmp(pair.path, "C") == 0 &&
               !fob_exchange_next(&reply, &at, &pair),
           "pairs in order");
    tap_ok(fob_exchange_reply_encode(&reply, &message) == FOB_OK &&
               message.len == len && memcmp(message.data, bytes, len) == 0,
           "and back");
    tap_ok(fob_exchange_reply_decode(message.data, message.len, &again) ==
               FOB_OK,
           "and again");
    fob_secret_free(&message);
    free(bytes);
}

static void test_reply_cut(void)
{
    static const struct fob_exchange_reply zero;
    struct fob_exchange_reply reply;
    bool good = true;
    size_t len;
    uint8_t *whole = exact_hex(REPLY_HEX, &len);

    for (size_t cut = 0; cut < len; cut++) {
        uint8_t *part = exact_copy(whole, cut);

        memset(&reply, 0xff, sizeof(reply));
        good = good && fob_exchange_reply_decode(part, cut, &reply) != FOB_OK &&
               memcmp(&reply, &zero, sizeof(zero)) == 0;
        free(part);
    }
    tap_ok(good, "a reply cut at any length is refused, and leaves nothing");
    free(whole);
}

static void reply_refused(size_t at, uint8_t value, enum fob_status status,
                          const char *what)
{
    struct fob_exchange_reply reply;
    size_t len;
    uint8_t *bytes = exact_hex(REPLY_HEX, &len);

    bytes[at] = value;
    tap_ok(fob_exchange_reply_decode(bytes, len, &reply) == status,
           "refused: %s", what);
    free(bytes);
}

static void test_reply_refused(void)
{
    reply_refused(0, 2, FOB_E_VERSION, "a newer version");
    reply_refused(1, 1, FOB_E_SYNTAX, "a request in place of a reply");
    reply_refused(2, FOB_E_NETWORK, FOB_E_SYNTAX, "a fault without words");
    reply_refused(2, 0xff, FOB_E_SYNTAX, "a status that is none");
    reply_refused(3, 0, FOB_E_SYNTAX, "a reply to a request not sent");
    reply_refused(3, 3, FOB_E_TOO_SHORT, "an unknown flag");
    reply_refused(8, 'x', FOB_E_TOO_SHORT, "a text without its NUL");
    reply_refused(9, 0x03, FOB_E_SYNTAX, "HTTP status 968");
    reply_refused(11, 0x80, FOB_E_SYNTAX, "a date beyond all sense");
    reply_refused(23, 0x0a, FOB_E_SYNTAX, "a request id with a line end");
    reply_refused(23, 0, FOB_E_TOO_SHORT, "a text with a NUL inside");
    reply_refused(27, 1, FOB_E_TOO_LONG, "fewer pairs announced");
    reply_refused(27, 3, FOB_E_TOO_SHORT, "more pairs announced");
    reply_refused(26, 0xff, FOB_E_TOO_LONG, "pairs beyond the limit");
    reply_refused(32, 0x1b, FOB_E_SYNTAX, "a control character in a path");
}

int main(void)
{
    if (fob_secret_start() != FOB_OK)
        return 1;
    test_request();
    test_request_cut();
    test_request_refused();
    test_request_large();
    test_reply();
    test_reply_cut();
    test_reply_refused();
    return tap_done();
}
