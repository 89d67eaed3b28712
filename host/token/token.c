/* SPDX-License-Identifier: MIT */
#include "host/token/command.h"

#include "host/base/text.h"
#include "src/apdu.h"
#include "src/tlv.h"
#include "src/wipe.h"

#include <string.h>

static const uint8_t application[] = {0xa0, 0x00, 0x00, 0x05, 0x27, 0x21, 0x01};

enum { TAG_PIN_TRIES = 0x82, TAG_CARD_SERIAL = 0x8f };

/* A Nitrokey's number outlasts its resets, which its id does not; and with a
 * PIN it tells no id. */
static enum fob_status take_serial(struct fob_token *token,
                                   const struct fob_tlv *tlv)
{
    if (tlv->len == 0 || 2 * tlv->len > FOB_TOKEN_SERIAL_MAX)
        return FOB_E_DAMAGED;
    fob_text_hex(tlv->value, tlv->len, token->card_serial);
    return FOB_OK;
}

static enum fob_status take_fact(struct fob_token *token,
                                 const struct fob_tlv *tlv)
{
    switch (tlv->tag) {
    case TAG_PIN_TRIES:
        token->has_pin = true;
        token->pin_tries = tlv->len == 1 ? tlv->value[0] : 0;
        return FOB_OK;
    case TAG_CARD_SERIAL:
        return take_serial(token, tlv);
    case FOB_OATH_TAG_NAME:
        if (tlv->len != sizeof(token->id))
            return FOB_E_DAMAGED;
        memcpy(token->id, tlv->value, tlv->len);
        return FOB_OK;
    case FOB_OATH_TAG_CHALLENGE:
        if (tlv->len == 0 || tlv->len > sizeof(token->challenge))
            return FOB_E_DAMAGED;
        memcpy(token->challenge, tlv->value, tlv->len);
        token->challenge_len = tlv->len;
        return FOB_OK;
    default:
        return FOB_OK;
    }
}

static enum fob_status read_select(struct fob_token *token, const uint8_t *data,
                                   size_t len)
{
    enum fob_status status = FOB_OK;
    struct fob_reader reader;
    bool has_id = false;
    struct fob_tlv tlv;

    token->challenge_len = 0;
    token->has_pin = false;
    token->card_serial[0] = '\0';
    fob_reader_init(&reader, data, len);
    while (status == FOB_OK && fob_tlv_next(&reader, &tlv)) {
        status = take_fact(token, &tlv);
        has_id |= tlv.tag == FOB_OATH_TAG_NAME || tlv.tag == TAG_CARD_SERIAL;
    }
    if (status == FOB_OK && (fob_reader_end(&reader) != FOB_OK || !has_id))
        status = FOB_E_DAMAGED;
    return status;
}

enum fob_status fob_token_select(struct fob_token *token)
{
    struct fob_secret answer = {0};
    struct token_command command;
    enum fob_status status;

    token_command_start(&command, INS_SELECT, 0x0400);
    fob_put_bytes(&command.data, application, sizeof(application));
    status = token_command_run(token, &command, &answer);
    if (status == FOB_OK)
        status = read_select(token, answer.data, answer.len);
    fob_secret_free(&answer);
    return status;
}

/* Only fob tokens know INFO; of third-party ones the id of YKOATH is all
 * there is. */
static enum fob_status identify_kind(struct fob_token *token)
{
    enum fob_status status;

    token->is_own = true;
    status = fob_token_refresh(token);
    if (status == FOB_OK || token->word == 0 || token->word == FOB_SW_OK)
        return status;
    token->is_own = false;
    token->info = (struct fob_token_info){0};
    if (token->card_serial[0] != '\0')
        memcpy(token->serial, token->card_serial, sizeof(token->serial));
    else
        fob_text_hex(token->id, sizeof(token->id), token->serial);
    return FOB_OK;
}

enum fob_status fob_token_open(struct fob_token *token,
                               const struct fob_token_location *location,
                               const struct fob_token_watch *watch)
{
    enum fob_status status;

    *token =
        (struct fob_token){.transport = location->transport, .watch = watch};
    memcpy(token->serial, location->serial, sizeof(token->serial));
    status = location->transport->open(location->path, watch, &token->link);
    if (status == FOB_OK)
        status = fob_token_select(token);
    if (status == FOB_OK)
        status = identify_kind(token);
    if (status != FOB_OK && token->link != NULL) {
        token->transport->close(token->link);
        token->link = NULL;
    }
    return status;
}

/* What a password has opened stays open to whoever talks to the card next,
 * unless it is selected anew.  One that no longer answers is left alone. */
static void end_validation(struct fob_token *token)
{
    if (token->link != NULL && token->is_validated && token->word != 0)
        (void)!fob_token_select(token);
}

void fob_token_close(struct fob_token *token)
{
    end_validation(token);
    if (token->link != NULL)
        token->transport->close(token->link);
    fob_wipe(token, sizeof(*token));
}
