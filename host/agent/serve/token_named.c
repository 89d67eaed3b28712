/* SPDX-License-Identifier: MIT */
#include "host/agent/serve/token_named.h"

#include "host/agent/serve/field_read.h"
#include "host/agent/tokens/token_adopt.h"

enum fob_status token_named_open(struct fob_request *request,
                                 struct token_session *session)
{
    char serial[FOB_TOKEN_SERIAL_MAX + 1];
    enum fob_status status = field_read_optional(
        request, FOB_TAG_TOKEN, "serial", serial, sizeof(serial));

    return status == FOB_OK ? token_open(request, serial, session) : status;
}

enum fob_status token_named_open_sole(struct fob_request *request,
                                      struct token_session *session)
{
    char serial[FOB_TOKEN_SERIAL_MAX + 1];
    const struct token_wish wish = {.serial = serial, .is_for_good = true};
    enum fob_status status = field_read_optional(
        request, FOB_TAG_TOKEN, "serial", serial, sizeof(serial));

    return status == FOB_OK ? token_open_wish(request, &wish, true, session)
                            : status;
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

enum fob_status token_named_adopt(struct fob_request *request,
                                  struct fob_vault_account *account)
{
    char serial[FOB_TOKEN_SERIAL_MAX + 1], existing[FOB_TOKEN_NAME_MAX + 1];
    enum fob_status status = field_read_text(request, FOB_TAG_TOKEN, "serial",
                                             serial, sizeof(serial));

    if (status == FOB_OK)
        status = field_read_text(request, FOB_TAG_EXISTING, "name on the token",
                                 existing, sizeof(existing));
    return status == FOB_OK
               ? token_adopt_find(request, serial, existing, account)
               : status;
}
