/* SPDX-License-Identifier: MIT */
#include "host/net/answer.h"

#include "host/net/json.h"
#include "host/net/sandbox.h"
#include "host/net/xml.h"

#include <string.h>

static bool is_json(const char *type)
{
    return strcmp(type, "application/json") == 0 ||
           strncmp(type, "application/x-amz-json-", 23) == 0;
}

static bool is_xml(const char *type)
{
    return strcmp(type, "text/xml") == 0 ||
           strcmp(type, "application/xml") == 0;
}

/* The console's sign-in service is documented to answer in JSON, but not under
 * which name. */
static bool looks_like_json(const struct fob_secret *body)
{
    return body->len > 0 && body->data[0] == '{';
}

enum fob_status net_answer_flatten(const struct net_http *http,
                                   struct net_flat *flat,
                                   struct fob_error *error)
{
    bool good = http->status >= 200 && http->status < 300;

    if (is_json(http->type) ||
        (!is_xml(http->type) && looks_like_json(&http->body)))
        net_json_flatten(flat, http->body.data, http->body.len, !good);
    else if (is_xml(http->type))
        net_xml_flatten(flat, http->body.data, http->body.len);
    else
        net_flat_fail(flat, "it is neither XML nor JSON");
    if (flat->fault == NULL)
        return FOB_OK;
    net_flat_clear(flat);
    return good ? fob_error_set(error, FOB_E_REPLY,
                                "the reply cannot be read: %s", flat->fault)
                : FOB_OK;
}

/* A message carries a fault as printable ASCII; a path may be other. */
static void make_plain(char *text)
{
    for (; *text != '\0'; text++)
        if (*text < ' ' || *text > '~')
            *text = '?';
}

static void fill_reply(const struct net_http *http, const struct net_flat *flat,
                       struct fob_error *error,
                       struct fob_exchange_reply *reply)
{
    make_plain(error->text);
    *reply = (struct fob_exchange_reply){
        .status = error->status,
        .maybe_sent = http->maybe_sent,
        .fault = error->text,
        .http_status = http->status,
        .date_s = http->date_s,
        .request_id = http->request_id,
    };
    if (error->status != FOB_OK)
        return;
    reply->pair_count = flat->pair_count;
    reply->pairs = flat->pairs.data;
    reply->pairs_len = flat->pairs.len;
}

enum fob_status net_answer(const struct fob_secret *message,
                           struct fob_secret *reply)
{
    struct fob_exchange_request request;
    struct fob_exchange_reply content;
    struct fob_error error = {FOB_OK, "", ""};
    struct net_http http = {.status = 0};
    struct net_flat flat;
    enum fob_status status;

    status = fob_exchange_request_decode(message->data, message->len, &request);
    if (status != FOB_OK)
        return status;
    status = net_flat_init(&flat);
    if (status != FOB_OK)
        return status;
    status = net_sandbox_enter(&request, &error);
    if (status == FOB_OK)
        status = net_http_run(&request, &http, &error);
    if (status == FOB_OK)
        status = net_answer_flatten(&http, &flat, &error);
    fill_reply(&http, &flat, &error, &content);
    status = fob_exchange_reply_encode(&content, reply);
    net_http_free(&http);
    net_flat_free(&flat);
    return status;
}
