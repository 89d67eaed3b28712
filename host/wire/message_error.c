/* SPDX-License-Identifier: MIT */
#include "host/wire/message.h"

#include "host/base/text.h"

#include <string.h>

void fob_message_put_error(struct fob_message *message,
                           const struct fob_error *error)
{
    fob_message_start(message, FOB_REPLY_ERROR);
    fob_message_put_number(message, FOB_TAG_STATUS, (uint64_t)error->status);
    fob_message_put_text(message, FOB_TAG_TEXT, error->text);
    if (error->hint[0] != '\0')
        fob_message_put_text(message, FOB_TAG_HINT, error->hint);
}

enum fob_status fob_message_take_error(const struct fob_message *message,
                                       struct fob_error *error)
{
    char text[FOB_ERROR_TEXT_MAX + 1], hint[FOB_ERROR_HINT_MAX + 1];
    uint64_t status = fob_message_number(message, FOB_TAG_STATUS, 0);

    if (fob_message_text(message, FOB_TAG_TEXT, text, sizeof(text)) != FOB_OK)
        (void)!fob_text_copy(text, sizeof(text), "the agent gave no reason");
    if (fob_message_text(message, FOB_TAG_HINT, hint, sizeof(hint)) != FOB_OK)
        hint[0] = '\0';
    if (status == FOB_OK || status > UINT8_MAX)
        status = FOB_E_AGENT;
    fob_error_set(error, (enum fob_status)status, "%s", text);
    if (hint[0] != '\0')
        fob_error_advise(error, hint);
    return error->status;
}
