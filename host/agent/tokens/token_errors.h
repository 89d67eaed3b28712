/* SPDX-License-Identifier: MIT */
/* Why no token was opened.  Each words the request's error and returns its
 * status. */
#ifndef FOB_HOST_AGENT_TOKENS_TOKEN_ERRORS_H
#define FOB_HOST_AGENT_TOKENS_TOKEN_ERRORS_H

#include "host/agent/request/request.h"
#include "host/token/locations.h"

/* What was seen of others, while one was looked for. */
struct token_errors_seen {
    /* A reader whose card is of no use, or NULL, and why. */
    const struct fob_token_location *odd;
    enum fob_status why;
    char stranger[FOB_TOKEN_SERIAL_MAX + 1]; /* a third-party token, or "" */
};

/* `serial`, or with "" any, is at none of the places; `seen` may be NULL. */
enum fob_status token_errors_absent(struct fob_request *request,
                                    const struct fob_token_locations *places,
                                    const char *serial,
                                    const struct token_errors_seen *seen);

/* There is more than one, and none is named. */
enum fob_status token_errors_ambiguous(struct fob_request *request);

/* Two have the serial, and it matters which. */
enum fob_status token_errors_twins(struct fob_request *request,
                                   const char *serial);

/* A place could not be opened; an error that is set already stays. */
enum fob_status token_errors_open(struct fob_request *request,
                                  const struct fob_token_location *place,
                                  enum fob_status status);

#endif
