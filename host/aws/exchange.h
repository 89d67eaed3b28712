/* SPDX-License-Identifier: MIT */
/*
 * One HTTP exchange as two messages between fob-agent and fob-net: the agent
 * sends a signed request, fob-net answers with what came back, its XML or
 * JSON flattened to (path, value) pairs.  Byte for byte in docs/protocol.md,
 * section "fob-net".
 */
#ifndef FOB_HOST_AWS_EXCHANGE_H
#define FOB_HOST_AWS_EXCHANGE_H

#include "host/base/secret.h"
#include "src/bytes.h"

enum {
    FOB_EXCHANGE_REQUEST_MAX = 64 * 1024, /* bytes of a message */
    FOB_EXCHANGE_REPLY_MAX = 256 * 1024,
    FOB_EXCHANGE_HEADERS_MAX = 16,
    FOB_EXCHANGE_PAIRS_MAX = 8192,
    FOB_EXCHANGE_PATH_MAX = 1023, /* bytes of a pair's path */
};

struct fob_exchange_header {
    const char *name;
    const char *value;
};

/* Texts are NUL-ended; "" where there is none, never NULL. */
struct fob_exchange_request {
    const char *method; /* "GET" or "POST" */
    const char *url;    /* host/aws/url.h says which are taken */
    struct fob_exchange_header headers[FOB_EXCHANGE_HEADERS_MAX];
    size_t header_count;
    const uint8_t *body;
    size_t body_len;
    const char *ca_bundle; /* path of PEM certificates; "": the system's */
    const char *proxy;     /* the value of HTTPS_PROXY */
    const char *no_proxy;  /* the value of NO_PROXY */
    uint32_t connect_timeout_ms;
    uint32_t total_timeout_ms;
};

struct fob_exchange_reply {
    enum fob_status status; /* FOB_OK: an HTTP reply came, of any status */
    bool maybe_sent;        /* the server may have read the request */
    const char *fault;      /* one line; "" when status is FOB_OK */
    uint16_t http_status;   /* 0 when none came */
    uint64_t date_s;        /* the Date header as unix time; 0: none */
    const char *request_id; /* "" when there was none */
    size_t pair_count;
    const uint8_t *pairs; /* packed; read by next and find */
    size_t pairs_len;
};

/* Make the message of a request in the empty `message`.  FOB_E_SYNTAX for a
 * method, URL or header that may not be sent, FOB_E_USAGE for plain http to a
 * host that is not loopback, FOB_E_TOO_LONG beyond the maximum,
 * FOB_E_NO_MEMORY; `message` is then empty. */
FOB_MUST_CHECK enum fob_status
fob_exchange_request_encode(const struct fob_exchange_request *request,
                            struct fob_secret *message);

/* Read one; `request` then points into `message`.  As above, or
 * FOB_E_TOO_SHORT or FOB_E_VERSION; `request` is then all zero. */
FOB_MUST_CHECK enum fob_status
fob_exchange_request_decode(const void *message, size_t len,
                            struct fob_exchange_request *request);

FOB_MUST_CHECK enum fob_status
fob_exchange_reply_encode(const struct fob_exchange_reply *reply,
                          struct fob_secret *message);

/* As for requests: on success `reply` points into `message`. */
FOB_MUST_CHECK enum fob_status
fob_exchange_reply_decode(const void *message, size_t len,
                          struct fob_exchange_reply *reply);

/* Views into the message; the path is printable ASCII, the value UTF-8. */
struct fob_exchange_pair {
    const char *path;
    const char *value;
};

/* The pair at *at, which starts at 0 and is moved on; false at the end. */
bool fob_exchange_next(const struct fob_exchange_reply *reply, size_t *at,
                       struct fob_exchange_pair *pair);

/* The value of the first pair with this path, such as
 * "GetSessionTokenResult/Credentials/AccessKeyId", or NULL. */
const char *fob_exchange_find(const struct fob_exchange_reply *reply,
                              const char *path);

/* Append one pair to those of a reply to be encoded; the writer's status tells
 * when it did not fit. */
void fob_exchange_pair_put(struct fob_writer *writer, const char *path,
                           const char *value, size_t value_len);

#endif
