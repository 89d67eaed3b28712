/* SPDX-License-Identifier: MIT */
#include "host/aws/query.h"

#include "src/percent.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void put_text(struct fob_query *query, const char *text, size_t len)
{
    if (query->status == FOB_OK)
        query->status = fob_secret_append(query->body, text, len);
}

static void put_encoded(struct fob_query *query, const char *text)
{
    enum { ESCAPE_LEN = 3 };
    struct fob_writer writer;
    size_t most = strlen(text) * ESCAPE_LEN;

    if (query->status == FOB_OK)
        query->status = fob_secret_reserve(query->body, most);
    if (query->status != FOB_OK)
        return;
    fob_writer_init(&writer, query->body->data + query->body->len, most);
    fob_percent_put(&writer, text, "");
    query->body->len += writer.len;
}

void fob_query_start(struct fob_query *query, struct fob_secret *body,
                     const char *action, const char *version)
{
    query->body = body;
    query->status = FOB_OK;
    put_text(query, "Action=", strlen("Action="));
    put_encoded(query, action);
    fob_query_put(query, "Version", version);
}

void fob_query_put_empty(struct fob_query *query, const char *name,
                         const char *value)
{
    put_text(query, "&", 1);
    put_encoded(query, name);
    put_text(query, "=", 1);
    put_encoded(query, value);
}

void fob_query_put(struct fob_query *query, const char *name, const char *value)
{
    if (value != NULL && *value != '\0')
        fob_query_put_empty(query, name, value);
}

void fob_query_put_number(struct fob_query *query, const char *name,
                          uint64_t value)
{
    char digits[sizeof("18446744073709551615")];

    snprintf(digits, sizeof(digits), "%" PRIu64, value);
    fob_query_put(query, name, digits);
}

enum fob_status fob_query_end(struct fob_query *query)
{
    if (query->status != FOB_OK)
        fob_secret_free(query->body);
    return query->status;
}
