/* SPDX-License-Identifier: MIT */
#include "host/aws/exchange.h"

#include "host/aws/exchange_field.h"
#include "host/aws/url.h"

#include <string.h>

/* RFC 9110: a name is a token, and no value may smuggle in a line. */
static bool header_is_valid(const struct fob_exchange_header *header)
{
    static const char token[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "abcdefghijklmnopqrstuvwxyz0123456789-_";

    return *header->name != '\0' &&
           strspn(header->name, token) == strlen(header->name) &&
           exchange_is_plain(header->value, true);
}

static enum fob_status request_check(const struct fob_exchange_request *request)
{
    bool post = strcmp(request->method, "POST") == 0;
    struct fob_url url;

    if (!post && strcmp(request->method, "GET") != 0)
        return FOB_E_SYNTAX;
    if (!post && request->body_len > 0)
        return FOB_E_SYNTAX;
    if (request->header_count > FOB_EXCHANGE_HEADERS_MAX)
        return FOB_E_TOO_LONG;
    for (size_t i = 0; i < request->header_count; i++)
        if (!header_is_valid(&request->headers[i]))
            return FOB_E_SYNTAX;
    if (!exchange_is_plain(request->proxy, false) ||
        !exchange_is_plain(request->no_proxy, false))
        return FOB_E_SYNTAX;
    if (request->connect_timeout_ms == 0 || request->total_timeout_ms == 0)
        return FOB_E_SYNTAX;
    return fob_url_parse(request->url, &url);
}

static void put_request(struct fob_writer *writer, const void *what)
{
    const struct fob_exchange_request *request = what;

    exchange_put_head(writer, EXCHANGE_REQUEST);
    exchange_put_text(writer, request->method, strlen(request->method));
    exchange_put_text(writer, request->url, strlen(request->url));
    fob_put_u8(writer, (uint8_t)request->header_count);
    for (size_t i = 0; i < request->header_count; i++) {
        const struct fob_exchange_header *header = &request->headers[i];

        exchange_put_text(writer, header->name, strlen(header->name));
        exchange_put_text(writer, header->value, strlen(header->value));
    }
    fob_put_u32(writer, (uint32_t)request->body_len);
    fob_put_bytes(writer, request->body, request->body_len);
    exchange_put_text(writer, request->ca_bundle, strlen(request->ca_bundle));
    exchange_put_text(writer, request->proxy, strlen(request->proxy));
    exchange_put_text(writer, request->no_proxy, strlen(request->no_proxy));
    fob_put_u32(writer, request->connect_timeout_ms);
    fob_put_u32(writer, request->total_timeout_ms);
}

static void get_request(struct fob_reader *reader,
                        struct fob_exchange_request *request)
{
    exchange_get_head(reader, EXCHANGE_REQUEST);
    if (reader->status != FOB_OK)
        return;
    request->method = exchange_get_text(reader);
    request->url = exchange_get_text(reader);
    request->header_count = fob_get_u8(reader);
    if (request->header_count > FOB_EXCHANGE_HEADERS_MAX) {
        reader->status = FOB_E_TOO_LONG;
        return;
    }
    for (size_t i = 0; i < request->header_count; i++) {
        request->headers[i].name = exchange_get_text(reader);
        request->headers[i].value = exchange_get_text(reader);
    }
    request->body_len = fob_get_u32(reader);
    request->body = fob_get_bytes(reader, request->body_len);
    request->ca_bundle = exchange_get_text(reader);
    request->proxy = exchange_get_text(reader);
    request->no_proxy = exchange_get_text(reader);
    request->connect_timeout_ms = fob_get_u32(reader);
    request->total_timeout_ms = fob_get_u32(reader);
}

enum fob_status
fob_exchange_request_encode(const struct fob_exchange_request *request,
                            struct fob_secret *message)
{
    enum fob_status status = request_check(request);

    if (status != FOB_OK)
        return status;
    return exchange_encode(put_request, request, FOB_EXCHANGE_REQUEST_MAX,
                           message);
}

enum fob_status
fob_exchange_request_decode(const void *message, size_t len,
                            struct fob_exchange_request *request)
{
    struct fob_reader reader;
    enum fob_status status;

    memset(request, 0, sizeof(*request));
    if (len > FOB_EXCHANGE_REQUEST_MAX)
        return FOB_E_TOO_LONG;
    fob_reader_init(&reader, message, len);
    get_request(&reader, request);
    status = fob_reader_end(&reader);
    if (status == FOB_OK)
        status = request_check(request);
    if (status != FOB_OK)
        memset(request, 0, sizeof(*request));
    return status;
}
