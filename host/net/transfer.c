/* SPDX-License-Identifier: MIT */
#include "host/net/transfer.h"

#include "host/base/text.h"
#include "src/wipe.h"

#include <arpa/inet.h>
#include <string.h>

enum { HEADER_MAX = 32 * 1024 };

/* --- called by libcurl ---------------------------------------------------- */

static size_t on_body(char *data, size_t size, size_t count, void *user)
{
    struct transfer *transfer = user;
    size_t len = size * count;

    if (len > NET_BODY_MAX - transfer->http->body.len) {
        transfer->too_large = true;
        return 0;
    }
    if (fob_secret_append(&transfer->http->body, data, len) != FOB_OK)
        return 0;
    return len;
}

static bool is_loopback(const char *address)
{
    struct in6_addr six;
    struct in_addr four;

    if (inet_pton(AF_INET, address, &four) == 1)
        return (ntohl(four.s_addr) >> 24) == 127;
    return inet_pton(AF_INET6, address, &six) == 1 &&
           memcmp(&six, &in6addr_loopback, sizeof(six)) == 0;
}

/* Connected, and TLS is up: the next byte is the request's.  For plain http
 * the address counts, not the name that led there. */
static int on_ready(void *user, char *peer, char *self, int peer_port,
                    int self_port)
{
    struct transfer *transfer = user;

    (void)self, (void)peer_port, (void)self_port;
    if (!transfer->url.tls && !is_loopback(peer))
        return CURL_PREREQFUNC_ABORT;
    transfer->http->maybe_sent = true;
    return CURL_PREREQFUNC_OK;
}

/* --- setting up ----------------------------------------------------------- */

static void set_long(struct transfer *transfer, CURLoption option, long value)
{
    if (transfer->code == CURLE_OK)
        transfer->code = curl_easy_setopt(transfer->curl, option, value);
}

static void set_text(struct transfer *transfer, CURLoption option,
                     const char *value)
{
    if (transfer->code == CURLE_OK)
        transfer->code = curl_easy_setopt(transfer->curl, option, value);
}

static void add_header(struct transfer *transfer, const char *name,
                       const char *value)
{
    char line[HEADER_MAX];
    struct curl_slist *longer = NULL;

    if (transfer->code != CURLE_OK)
        return;
    if (fob_text_format(line, sizeof(line), "%s:%s%s", name,
                        *value != '\0' ? " " : "", value) == FOB_OK)
        longer = curl_slist_append(transfer->headers, line);
    if (longer != NULL)
        transfer->headers = longer;
    else
        transfer->code = CURLE_OUT_OF_MEMORY;
    fob_wipe(line, sizeof(line));
}

/* "Expect:" and "Accept:" with no value keep libcurl from sending its own. */
static void set_headers(struct transfer *transfer)
{
    const struct fob_exchange_request *request = transfer->request;

    for (size_t i = 0; i < request->header_count; i++)
        add_header(transfer, request->headers[i].name,
                   request->headers[i].value);
    add_header(transfer, "Expect", "");
    add_header(transfer, "Accept", "");
    add_header(transfer, "User-Agent", "fob/" FOB_VERSION);
    if (transfer->code == CURLE_OK)
        transfer->code = curl_easy_setopt(transfer->curl, CURLOPT_HTTPHEADER,
                                          transfer->headers);
}

static void set_request(struct transfer *transfer)
{
    const struct fob_exchange_request *request = transfer->request;

    set_text(transfer, CURLOPT_URL, request->url);
    set_headers(transfer);
    if (strcmp(request->method, "POST") != 0)
        return;
    set_long(transfer, CURLOPT_POST, 1);
    set_long(transfer, CURLOPT_POSTFIELDSIZE, (long)request->body_len);
    set_text(transfer, CURLOPT_POSTFIELDS, (const char *)request->body);
}

/* An empty proxy and list say "none", where no value would mean "look into
 * the environment".  Plain http is for loopback and takes no proxy. */
static void set_route(struct transfer *transfer)
{
    const struct fob_exchange_request *request = transfer->request;
    bool tls = transfer->url.tls;

    set_text(transfer, CURLOPT_PROTOCOLS_STR, tls ? "https" : "http");
    set_text(transfer, CURLOPT_PROXY, tls ? request->proxy : "");
    set_text(transfer, CURLOPT_NOPROXY, request->no_proxy);
    set_long(transfer, CURLOPT_CONNECTTIMEOUT_MS,
             (long)request->connect_timeout_ms);
    set_long(transfer, CURLOPT_TIMEOUT_MS, (long)request->total_timeout_ms);
}

/* A bundle given stands in place of the system's, not beside it. */
static void set_tls(struct transfer *transfer)
{
    const char *bundle = transfer->request->ca_bundle;

    set_long(transfer, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
    set_long(transfer, CURLOPT_PROXY_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
    set_long(transfer, CURLOPT_SSL_VERIFYPEER, 1);
    set_long(transfer, CURLOPT_SSL_VERIFYHOST, 2);
    if (*bundle == '\0')
        return;
    set_text(transfer, CURLOPT_CAINFO, bundle);
    set_text(transfer, CURLOPT_CAPATH, NULL);
    set_text(transfer, CURLOPT_PROXY_CAINFO, bundle);
    set_text(transfer, CURLOPT_PROXY_CAPATH, NULL);
}

static void set_callbacks(struct transfer *transfer)
{
    CURL *curl = transfer->curl;

    if (transfer->code == CURLE_OK)
        transfer->code =
            curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, transfer->detail);
    if (transfer->code == CURLE_OK)
        transfer->code = curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
    if (transfer->code == CURLE_OK)
        transfer->code = curl_easy_setopt(curl, CURLOPT_WRITEDATA, transfer);
    if (transfer->code == CURLE_OK)
        transfer->code =
            curl_easy_setopt(curl, CURLOPT_PREREQFUNCTION, on_ready);
    if (transfer->code == CURLE_OK)
        transfer->code = curl_easy_setopt(curl, CURLOPT_PREREQDATA, transfer);
}

void transfer_set(struct transfer *transfer)
{
    set_callbacks(transfer);
    set_request(transfer);
    set_route(transfer);
    set_tls(transfer);
    set_long(transfer, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
    set_long(transfer, CURLOPT_FOLLOWLOCATION, 0);
    set_long(transfer, CURLOPT_FRESH_CONNECT, 1);
    set_long(transfer, CURLOPT_FORBID_REUSE, 1);
    set_long(transfer, CURLOPT_NOSIGNAL, 1);
}
