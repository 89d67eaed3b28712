/* SPDX-License-Identifier: MIT */
#include "host/aws/sigv4_canonical.h"

#include "src/percent.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static void add_text(struct fob_digest *digest, const char *text)
{
    fob_digest_update(digest, text, strlen(text));
}

/* --- path ------------------------------------------------------------------
 * RFC 3986 section 5.2.4, and AWS drops empty segments too. */

static size_t path_pop(const char *path, size_t len)
{
    while (len > 0 && path[len - 1] != '/')
        len--;
    return len > 0 ? len - 1 : 0;
}

static size_t path_push(char *path, size_t len, const char *segment,
                        size_t segment_len)
{
    if (segment_len == 0 || (segment_len == 1 && segment[0] == '.'))
        return len;
    if (segment_len == 2 && memcmp(segment, "..", 2) == 0)
        return path_pop(path, len);
    path[len++] = '/';
    memcpy(path + len, segment, segment_len);
    return len + segment_len;
}

/* `clean` has room for a '/', all of `path`, another '/' and a NUL. */
static void path_clean(const char *path, char *clean)
{
    const char *at = path;
    size_t len = 0;

    while (*at != '\0') {
        size_t segment_len = strcspn(at, "/");

        len = path_push(clean, len, at, segment_len);
        at += segment_len + (at[segment_len] == '/');
    }
    if (len == 0 || at[-1] == '/')
        clean[len++] = '/';
    clean[len] = '\0';
}

enum fob_status sigv4_add_path(struct fob_digest *digest, const char *path)
{
    char clean[SIGV4_PATH_MAX + 3];
    char encoded[3 * sizeof(clean)];
    struct fob_writer writer;

    if (strlen(path) > SIGV4_PATH_MAX)
        return FOB_E_TOO_LONG;
    path_clean(path, clean);
    fob_writer_init(&writer, encoded, sizeof(encoded));
    fob_percent_put(&writer, clean, "/");
    fob_digest_update(digest, encoded, writer.len);
    add_text(digest, "\n");
    return writer.status;
}

/* --- query ---------------------------------------------------------------- */

struct parameter {
    const char *name;
    const char *value;
};

static int parameter_order(const void *a, const void *b)
{
    const struct parameter *left = a, *right = b;
    int order = strcmp(left->name, right->name);

    return order != 0 ? order : strcmp(left->value, right->value);
}

/* Cut "a=1&b" in place; a parameter without '=' has the value "". */
static enum fob_status query_split(char *query, struct parameter *parameters,
                                   size_t *count)
{
    char *rest = query, *value;

    for (*count = 0; rest != NULL && *rest != '\0'; (*count)++) {
        char *name = strsep(&rest, "&");

        if (*count == SIGV4_PARAMETERS_MAX)
            return FOB_E_TOO_LONG;
        value = strchr(name, '=');
        if (value != NULL)
            *value++ = '\0';
        parameters[*count].name = name;
        parameters[*count].value = value != NULL ? value : "";
    }
    return FOB_OK;
}

/* What the caller has encoded stays; sorting is by the encoded form. */
enum fob_status sigv4_add_query(struct fob_digest *digest, const char *query)
{
    struct parameter parameters[SIGV4_PARAMETERS_MAX];
    char encoded[SIGV4_QUERY_MAX + 1];
    struct fob_writer writer;
    size_t count;

    fob_writer_init(&writer, encoded, sizeof(encoded) - 1);
    fob_percent_put(&writer, query, "%&=");
    if (writer.status != FOB_OK)
        return writer.status;
    encoded[writer.len] = '\0';
    if (query_split(encoded, parameters, &count) != FOB_OK)
        return FOB_E_TOO_LONG;
    qsort(parameters, count, sizeof(parameters[0]), parameter_order);
    for (size_t i = 0; i < count; i++) {
        add_text(digest, i == 0 ? "" : "&");
        add_text(digest, parameters[i].name);
        add_text(digest, "=");
        add_text(digest, parameters[i].value);
    }
    add_text(digest, "\n");
    return FOB_OK;
}

/* --- headers -------------------------------------------------------------- */

static char lower_letter(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static void add_lower(struct fob_digest *digest, const char *name)
{
    for (; *name != '\0'; name++) {
        char c = lower_letter(*name);

        fob_digest_update(digest, &c, 1);
    }
}

/* Without spaces at the ends, and runs of them as one. */
static void add_trimmed(struct fob_digest *digest, const char *value)
{
    value += strspn(value, " ");
    while (*value != '\0') {
        size_t len = strcspn(value, " ");

        fob_digest_update(digest, value, len);
        value += len;
        value += strspn(value, " ");
        add_text(digest, *value != '\0' ? " " : "");
    }
}

/* Insertion keeps headers of one name in the order given. */
static enum fob_status headers_insert(struct sigv4_headers *headers,
                                      const char *name, const char *value)
{
    size_t at = headers->count;

    if (at == SIGV4_HEADERS_MAX)
        return FOB_E_TOO_LONG;
    for (; at > 0 && strcasecmp(headers->header[at - 1].name, name) > 0; at--)
        headers->header[at] = headers->header[at - 1];
    headers->header[at] = (struct fob_exchange_header){name, value};
    headers->count++;
    return FOB_OK;
}

static bool is_repeated(const struct sigv4_headers *headers, size_t i)
{
    return i > 0 && strcasecmp(headers->header[i - 1].name,
                               headers->header[i].name) == 0;
}

static enum fob_status headers_name(struct sigv4_headers *headers)
{
    size_t len = 0;

    for (size_t i = 0; i < headers->count; i++) {
        const char *name = headers->header[i].name;

        if (is_repeated(headers, i))
            continue;
        if (len + strlen(name) + 1 > SIGV4_NAMES_MAX)
            return FOB_E_TOO_LONG;
        if (len > 0)
            headers->names[len++] = ';';
        for (; *name != '\0'; name++)
            headers->names[len++] = lower_letter(*name);
    }
    headers->names[len] = '\0';
    return FOB_OK;
}

enum fob_status sigv4_headers_init(struct sigv4_headers *headers,
                                   const struct fob_sigv4_request *request,
                                   const char *date, const char *session_token)
{
    enum fob_status status;

    headers->count = 0;
    status = headers_insert(headers, "host", request->host);
    if (status == FOB_OK)
        status = headers_insert(headers, "x-amz-date", date);
    if (status == FOB_OK && *session_token != '\0')
        status = headers_insert(headers, "x-amz-security-token", session_token);
    for (size_t i = 0; status == FOB_OK && i < request->header_count; i++)
        status = headers_insert(headers, request->headers[i].name,
                                request->headers[i].value);
    return status == FOB_OK ? headers_name(headers) : status;
}

void sigv4_add_headers(struct fob_digest *digest,
                       const struct sigv4_headers *headers)
{
    for (size_t i = 0; i < headers->count; i++) {
        bool repeated = is_repeated(headers, i);

        if (i > 0 && !repeated)
            add_text(digest, "\n");
        if (!repeated)
            add_lower(digest, headers->header[i].name);
        add_text(digest, repeated ? "," : ":");
        add_trimmed(digest, headers->header[i].value);
    }
    add_text(digest, "\n\n");
    add_text(digest, headers->names);
    add_text(digest, "\n");
}
