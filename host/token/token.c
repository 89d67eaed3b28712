/* SPDX-License-Identifier: MIT */
#include "command.h"

#include "host/base/text.h"
#include "src/apdu.h"
#include "src/tlv.h"
#include "src/wipe.h"

#include <string.h>

static const uint8_t application[] = {0xa0, 0x00, 0x00, 0x05, 0x27, 0x21, 0x01};

/* --- SELECT --------------------------------------------------------------*/

static enum fob_status take_fact(struct fob_token *token,
                                 const struct fob_tlv *tlv)
{
    switch (tlv->tag) {
    case FOB_TAG_NAME:
        if (tlv->len != sizeof(token->id))
            return FOB_E_DAMAGED;
        memcpy(token->id, tlv->value, tlv->len);
        return FOB_OK;
    case FOB_TAG_CHALLENGE:
        if (tlv->len == 0 || tlv->len > sizeof(token->challenge))
            return FOB_E_DAMAGED;
        memcpy(token->challenge, tlv->value, tlv->len);
        token->challenge_len = tlv->len;
        return FOB_OK;
    default:
        return FOB_OK;
    }
}

enum fob_status fob_token_parse_select(struct fob_token *token,
                                       const uint8_t *data, size_t len)
{
    enum fob_status status = FOB_OK;
    struct fob_reader reader;
    bool has_id = false;
    struct fob_tlv tlv;

    token->challenge_len = 0;
    fob_reader_init(&reader, data, len);
    while (status == FOB_OK && fob_tlv_next(&reader, &tlv)) {
        status = take_fact(token, &tlv);
        has_id |= tlv.tag == FOB_TAG_NAME;
    }
    if (status == FOB_OK && (fob_reader_end(&reader) != FOB_OK || !has_id))
        status = FOB_E_DAMAGED;
    return status;
}

enum fob_status fob_token_select(struct fob_token *token)
{
    struct fob_secret answer = {0};
    struct command command;
    enum fob_status status;

    command_start(&command, INS_SELECT, 0x0400);
    fob_put_bytes(&command.data, application, sizeof(application));
    status = command_run(token, &command, &answer);
    if (status == FOB_OK)
        status = fob_token_parse_select(token, answer.data, answer.len);
    fob_secret_free(&answer);
    return status;
}

/* Only our own know INFO; of others the id of YKOATH is all there is. */
static enum fob_status identify_kind(struct fob_token *token)
{
    enum fob_status status;

    token->is_own = true;
    status = fob_token_refresh(token);
    if (status == FOB_OK || token->word == 0 || token->word == FOB_SW_OK)
        return status;
    token->is_own = false;
    token->info = (struct fob_token_info){0};
    fob_text_hex(token->id, sizeof(token->id), token->serial);
    return FOB_OK;
}

enum fob_status fob_token_open(struct fob_token *token,
                               const struct fob_token_place *place,
                               const struct fob_token_watch *watch)
{
    enum fob_status status;

    *token = (struct fob_token){.transport = place->transport, .watch = watch};
    strcpy(token->serial, place->serial);
    status = place->transport->open(place->path, watch, &token->link);
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

void fob_token_close(struct fob_token *token)
{
    if (token->link != NULL)
        token->transport->close(token->link);
    fob_wipe(token, sizeof(*token));
}

/* --- words ---------------------------------------------------------------*/

static enum fob_status word_absent(const char *serial, const char *what,
                                   struct fob_error *error)
{
    fob_error_set(error, FOB_E_TOKEN_ABSENT,
                  "%s: token %s went away or stopped answering", what, serial);
    fob_error_hint(error, "plug it in again");
    return FOB_E_TOKEN_ABSENT;
}

enum fob_status fob_token_word(const struct fob_token *token,
                               enum fob_status status, const char *what,
                               struct fob_error *error)
{
    const char *serial = token->serial;

    switch (status) {
    case FOB_OK:
        return FOB_OK;
    case FOB_E_TOKEN_ABSENT:
        return word_absent(serial, what, error);
    case FOB_E_NOT_TOUCHED:
        return fob_error_set(error, status,
                             "%s: token %s was not touched in time", what,
                             serial);
    case FOB_E_BUSY:
        return fob_error_set(error, FOB_E_TOKEN_BLOCKED,
                             "%s: another program has token %s", what, serial);
    case FOB_E_TOKEN_BLOCKED:
        fob_error_set(error, status, "%s: token %s has no tries left", what,
                      serial);
        fob_error_hint(error, "fob token reset, which erases it");
        return status;
    case FOB_E_LOCKED:
        fob_error_set(error, FOB_E_TOKEN_BLOCKED, "%s: token %s refused it",
                      what, serial);
        fob_error_hint(error, "fob token info %s", serial);
        return FOB_E_TOKEN_BLOCKED;
    case FOB_E_NOT_FOUND:
        return fob_error_set(
            error, status, "%s: token %s knows no such account", what, serial);
    case FOB_E_NO_MEMORY:
        return fob_error_set(error, FOB_E_TOKEN_BLOCKED, "%s: token %s is full",
                             what, serial);
    case FOB_E_UNSUPPORTED:
        return fob_error_set(error, status, "%s: token %s cannot do that", what,
                             serial);
    case FOB_E_WRONG_KEY:
        return fob_error_set(error, status, "%s: wrong passphrase for token %s",
                             what, serial);
    case FOB_E_FAILED:
        return fob_error_set(error, FOB_E_TOKEN_BLOCKED, "%s: token %s failed",
                             what, serial);
    default:
        return fob_error_set(error, FOB_E_DAMAGED,
                             "%s: what token %s answered makes no sense", what,
                             serial);
    }
}
