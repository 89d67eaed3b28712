/* SPDX-License-Identifier: MIT */
#include "host/aws/refusal.h"

#include "host/aws/refusal_rows.h"
#include "host/base/shell_line.h"
#include "host/base/text.h"
#include "src/utf8.h"

#include <stdio.h>
#include <string.h>

enum { QUOTE_MAX = 200, CODE_MAX = 64 };

struct quote {
    char code[CODE_MAX + 1];
    char message[QUOTE_MAX + 1];
};

/* AWS's words may be shown: in one line, of bounded length, with no character
 * that a terminal would act on, and without its trailing space and stop. */
static void quote_text(const char *text, char *quoted, size_t cap)
{
    size_t len = 0;

    for (; *text != '\0' && len + 1 < cap; text++) {
        bool space = (unsigned char)*text <= ' ';

        if (!space || (len > 0 && quoted[len - 1] != ' '))
            quoted[len++] = space ? ' ' : *text;
    }
    while (len > 0 && strchr(" .", quoted[len - 1]) != NULL)
        len--;
    quoted[len] = '\0';
    for (size_t i = 0; i < len && !fob_utf8_is_text(quoted, len); i++)
        if ((unsigned char)quoted[i] >= 0x7f)
            quoted[i] = '?';
}

static void add_hint(const struct refusal_row *row,
                     const struct fob_refusal_context *context,
                     struct fob_error *error)
{
    const char *profile =
        *context->profile != '\0' ? context->profile : "PROFILE";

    char hint[FOB_ERROR_HINT_MAX + 1];

    if (fob_text_copy(hint, sizeof(hint), row->hint) == FOB_OK &&
        (!row->for_profile ||
         fob_shell_line_add(hint, sizeof(hint), profile) == FOB_OK))
        fob_error_advise(error, hint);
}

/* Which of the things named is at fault. */
static const char *find_subject(enum fob_refusal kind,
                                const struct fob_refusal_context *context)
{
    if (kind == FOB_REFUSAL_KEY)
        return context->access_key_id;
    if (kind == FOB_REFUSAL_CODE || kind == FOB_REFUSAL_DEVICE ||
        kind == FOB_REFUSAL_PAIR)
        return context->serial;
    return "";
}

static enum fob_refusal explain_row(const struct refusal_row *row,
                                    const struct quote *quote,
                                    const struct fob_refusal_context *context,
                                    struct fob_error *error)
{
    const char *with = find_subject(row->kind, context);

    fob_error_set(
        error, row->kind == FOB_REFUSAL_LATER ? FOB_E_THROTTLED : FOB_E_REFUSED,
        "AWS refused %s%s%s: %s (%s: %s)", context->action,
        *with != '\0' ? " with " : "", with, row->why, quote->code,
        quote->message);
    add_hint(row, context, error);
    return row->kind;
}

/* An error of AWS that no row names. */
static enum fob_refusal explain_unknown(
    const struct fob_exchange_reply *reply, const struct quote *quote,
    const struct fob_refusal_context *context, struct fob_error *error)
{
    if (reply->http_status < 500) {
        fob_error_set(error, FOB_E_REFUSED, "AWS refused %s (%s: %s)",
                      context->action, quote->code, quote->message);
        return FOB_REFUSAL_OTHER;
    }
    fob_error_set(error, FOB_E_THROTTLED,
                  "AWS could not do %s just now (HTTP %u, %s: %s)",
                  context->action, (unsigned)reply->http_status, quote->code,
                  quote->message);
    fob_error_hint(error, "try again in a minute");
    return FOB_REFUSAL_LATER;
}

/* An HTTP error that does not carry AWS's own: of a proxy, a load balancer,
 * or a server that is not AWS. */
static enum fob_refusal explain_http(const struct fob_exchange_reply *reply,
                                     const struct fob_refusal_context *context,
                                     struct fob_error *error)
{
    unsigned http = reply->http_status;
    bool later = http >= 500 || http == 429;

    fob_error_set(error, later ? FOB_E_NETWORK : FOB_E_REPLY,
                  "%s was answered with HTTP %u and no AWS error",
                  context->action, http);
    fob_error_hint(error, later ? "try again in a minute"
                                : "check the endpoint and the proxy");
    return later ? FOB_REFUSAL_LATER : FOB_REFUSAL_TRANSPORT;
}

static enum fob_refusal
explain_transport(const struct fob_exchange_reply *reply,
                  const struct fob_refusal_context *context,
                  struct fob_error *error)
{
    fob_error_set(error, reply->status, "%s got no answer: %s", context->action,
                  reply->fault);
    fob_error_hint(error, "check the network, the proxy and the endpoint");
    return FOB_REFUSAL_TRANSPORT;
}

enum fob_refusal fob_refusal_explain(const struct fob_exchange_reply *reply,
                                     const struct fob_refusal_context *context,
                                     struct fob_error *error)
{
    const char *code = fob_exchange_find(reply, "Error/Code");
    const char *message = fob_exchange_find(reply, "Error/Message");
    const struct refusal_row *row;
    struct quote quote;

    if (reply->status != FOB_OK)
        return explain_transport(reply, context, error);
    if (reply->http_status >= 200 && reply->http_status < 300)
        return FOB_REFUSAL_NONE;
    if (code == NULL || *code == '\0')
        return explain_http(reply, context, error);
    message = message != NULL ? message : "";
    quote_text(code, quote.code, sizeof(quote.code));
    quote_text(message, quote.message, sizeof(quote.message));
    row = refusal_find(code, message);
    if (row != NULL)
        return explain_row(row, &quote, context, error);
    return explain_unknown(reply, &quote, context, error);
}
