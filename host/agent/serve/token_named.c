/* SPDX-License-Identifier: MIT */
#include "host/agent/serve/token_named.h"

#include "host/agent/serve/field_read.h"

enum fob_status token_named_open(struct fob_request *request,
                                 struct token_session *session)
{
    char serial[FOB_TOKEN_SERIAL_MAX + 1];
    enum fob_status status = field_read_optional(
        request, FOB_TAG_TOKEN, "serial", serial, sizeof(serial));

    return status == FOB_OK ? token_open(request, serial, session) : status;
}

enum fob_status token_named_open_ready(struct fob_request *request,
                                       struct token_session *session)
{
    char serial[FOB_TOKEN_SERIAL_MAX + 1];
    enum fob_status status = field_read_optional(
        request, FOB_TAG_TOKEN, "serial", serial, sizeof(serial));

    return status == FOB_OK ? token_open_ready(request, serial, session)
                            : status;
}
