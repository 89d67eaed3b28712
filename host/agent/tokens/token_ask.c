/* SPDX-License-Identifier: MIT */
#include "host/agent/tokens/token_ask.h"

#include "host/base/text.h"

enum fob_status token_ask(struct token_session *session,
                          enum fob_question question, const char *text,
                          struct fob_secret *answer)
{
    struct fob_request *request = session->request;
    char serial[FOB_TOKEN_SERIAL_MAX + 1], id[2 * FOB_TOKEN_ID + 1] = "";
    const struct token_wish wish = {.serial = serial, .id = id};
    enum fob_status status;

    if (session->gave_password || session->token.serial[0] == '\0' ||
        fob_text_copy(serial, sizeof(serial), session->token.serial) != FOB_OK)
        return request_ask(request, question, text, answer);
    if (session->token.is_own)
        fob_text_hex(session->token.id, sizeof(session->token.id), id);
    token_close(session);
    status = request_ask(request, question, text, answer);
    return status == FOB_OK ? token_open_wish(request, &wish, true, session)
                            : status;
}
