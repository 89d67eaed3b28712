/* SPDX-License-Identifier: MIT */
#include "host/net/http.h"

#include "host/base/text.h"
#include "host/net/fault.h"
#include "host/net/transfer.h"

#include <ctype.h>
#include <string.h>

enum { DATE_TEXT_MAX = 64 };

/* Printable ASCII: all that a reply message takes. */
static bool is_plain(const char *text)
{
    for (; *text != '\0'; text++)
        if (*text < ' ' || *text > '~')
            return false;
    return true;
}

static void read_header(const struct transfer *transfer, const char *name,
                        char *value, size_t cap)
{
    struct curl_header *header;

    *value = '\0';
    if (curl_easy_header(transfer->curl, name, 0, CURLH_HEADER, -1, &header) !=
        CURLHE_OK)
        return;
    if (fob_text_copy(value, cap, header->value) != FOB_OK || !is_plain(value))
        *value = '\0';
}

static void read_type(const struct transfer *transfer)
{
    char *type = transfer->http->type;

    read_header(transfer, "Content-Type", type, sizeof(transfer->http->type));
    type[strcspn(type, "; \t")] = '\0';
    for (; *type != '\0'; type++)
        *type = (char)tolower((unsigned char)*type);
}

static void read_head(const struct transfer *transfer)
{
    char date[DATE_TEXT_MAX];
    time_t date_s;
    long status = 0;

    (void)curl_easy_getinfo(transfer->curl, CURLINFO_RESPONSE_CODE, &status);
    transfer->http->status =
        status >= 100 && status < 600 ? (uint16_t)status : 0;
    read_type(transfer);
    read_header(transfer, "x-amzn-RequestId", transfer->http->request_id,
                sizeof(transfer->http->request_id));
    read_header(transfer, "Date", date, sizeof(date));
    date_s = curl_getdate(date, NULL);
    transfer->http->date_s = date_s > 0 ? (uint64_t)date_s : 0;
}

static enum fob_status explain_fault(const struct transfer *transfer,
                                     struct fob_error *error)
{
    const struct net_fault fault = {
        .code = transfer->code,
        .curl = transfer->curl,
        .host = transfer->host,
        .proxy = transfer->request->proxy,
        .ca_bundle = transfer->request->ca_bundle,
        .detail = transfer->detail,
        .timeout_ms = transfer->request->total_timeout_ms,
        .maybe_sent = transfer->http->maybe_sent,
        .too_large = transfer->too_large,
    };

    return net_fault_explain(&fault, error);
}

static enum fob_status check_status(const struct transfer *transfer,
                                    struct fob_error *error)
{
    unsigned status = transfer->http->status;

    if (status >= 300 && status < 400)
        return fob_error_set(error, FOB_E_NETWORK,
                             "%s redirects elsewhere (HTTP %u); redirect "
                             "refused",
                             transfer->host, status);
    if (status >= 200)
        return FOB_OK;
    return fob_error_set(error, FOB_E_REPLY, "the reply of %s is not HTTP",
                         transfer->host);
}

static enum fob_status run_transfer(struct transfer *transfer,
                                    struct fob_error *error)
{
    transfer_set(transfer);
    if (transfer->code == CURLE_OK)
        transfer->code = curl_easy_perform(transfer->curl);
    if (transfer->http->maybe_sent)
        read_head(transfer);
    if (transfer->code != CURLE_OK)
        return explain_fault(transfer, error);
    return check_status(transfer, error);
}

enum fob_status net_http_run(const struct fob_exchange_request *request,
                             struct net_http *http, struct fob_error *error)
{
    struct transfer transfer = {.request = request, .http = http};
    enum fob_status status;

    memset(http, 0, sizeof(*http));
    if (fob_url_parse(request->url, &transfer.url) != FOB_OK ||
        fob_url_authority(&transfer.url, transfer.host,
                          sizeof(transfer.host)) != FOB_OK)
        return fob_error_set(error, FOB_E_USAGE, "the URL cannot be called");
    transfer.curl = curl_easy_init();
    status = transfer.curl != NULL ? run_transfer(&transfer, error)
                                   : fob_error_no_memory(error);
    curl_slist_free_all(transfer.headers);
    curl_easy_cleanup(transfer.curl);
    return status;
}

void net_http_free(struct net_http *http)
{
    fob_secret_free(&http->body);
    memset(http, 0, sizeof(*http));
}
