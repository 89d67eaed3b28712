/* SPDX-License-Identifier: MIT */
/* The canonical form of a request; for sigv4.c only. */
#ifndef FOB_HOST_AWS_SIGV4_CANONICAL_H
#define FOB_HOST_AWS_SIGV4_CANONICAL_H

#include "host/aws/sigv4.h"
#include "src/digest.h"

enum {
    SIGV4_HEADERS_MAX = FOB_EXCHANGE_HEADERS_MAX,
    SIGV4_PATH_MAX = 1023,
    SIGV4_QUERY_MAX = 4095,
    SIGV4_PARAMETERS_MAX = 128,
    SIGV4_NAMES_MAX = 511,
};

/* Headers sorted by name, and their names as SignedHeaders lists them. */
struct sigv4_headers {
    struct fob_exchange_header header[SIGV4_HEADERS_MAX];
    size_t count;
    char names[SIGV4_NAMES_MAX + 1];
};

/* All headers of a request in order; `date` is added, so are host and the
 * session token unless it is "".  FOB_E_TOO_LONG for too many. */
FOB_MUST_CHECK enum fob_status
sigv4_headers_init(struct sigv4_headers *headers,
                   const struct fob_sigv4_request *request, const char *date,
                   const char *session_token);

/* Each adds its part, with the line ends that follow it, to `digest`. */
FOB_MUST_CHECK enum fob_status sigv4_add_path(struct fob_digest *digest,
                                              const char *path);
FOB_MUST_CHECK enum fob_status sigv4_add_query(struct fob_digest *digest,
                                               const char *query);
void sigv4_add_headers(struct fob_digest *digest,
                       const struct sigv4_headers *headers);

#endif
