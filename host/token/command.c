/* SPDX-License-Identifier: MIT */
#include "host/token/command.h"

#include "host/token/token_word.h"
#include "src/apdu.h"
#include "src/wipe.h"

enum { STATUS_LEN = 2, PARTS_MAX = 4096 };

void token_command_start(struct token_command *command,
                         enum token_instruction ins, uint16_t parameters)
{
    command->ins = ins;
    command->parameters = parameters;
    fob_writer_init(&command->data, command->room, sizeof(command->room));
}

void token_command_clear(struct token_command *command)
{
    fob_wipe(command, sizeof(*command));
}

static bool note_wait(void *context, enum fob_token_wait why)
{
    struct fob_token *token = context;

    token->waited |= why == FOB_TOKEN_TOUCH;
    return token->watch == NULL ||
           token->watch->wait(token->watch->context, why);
}

static enum fob_status take_part(struct fob_token *token,
                                 const struct fob_token_exchange *it,
                                 struct fob_secret *answer)
{
    size_t len = it->reply_len - STATUS_LEN;

    token->word = (unsigned)(it->reply[len] << 8 | it->reply[len + 1]);
    if (answer == NULL || len == 0)
        return FOB_OK;
    if (len > ANSWER_MAX - answer->len)
        return FOB_E_DAMAGED;
    return fob_secret_append(answer, it->reply, len);
}

/* Those for which some maker's card waits for a finger. */
static bool may_take_touch(const struct fob_writer *apdu)
{
    switch (apdu->data[1]) {
    case INS_SELECT:
    case INS_READ_CONFIG:
    case INS_LIST:
    case INS_VALIDATE:
    case INS_SEND_REMAINING:
    case INS_GET_RESPONSE:
        return false;
    default:
        return true;
    }
}

static enum fob_status run_part(struct fob_token *token,
                                const struct fob_writer *apdu,
                                struct fob_secret *answer, size_t *got)
{
    const struct fob_token_watch watch = {note_wait, token};
    uint8_t reply[FOB_TOKEN_REPLY_MAX];
    struct fob_token_exchange it = {.command = apdu->data,
                                    .command_len = apdu->len,
                                    .reply = reply,
                                    .reply_cap = sizeof(reply),
                                    .watch = &watch,
                                    .may_take_touch = may_take_touch(apdu)};
    enum fob_status status = token->transport->exchange(token->link, &it);

    token->word = 0;
    *got = 0;
    if (status == FOB_OK &&
        (it.reply_len < STATUS_LEN || it.reply_len > sizeof(reply)))
        status = FOB_E_DAMAGED;
    if (status == FOB_OK)
        status = take_part(token, &it, answer);
    if (status == FOB_OK)
        *got = it.reply_len - STATUS_LEN;
    fob_wipe(reply, sizeof(reply));
    return status;
}

static bool has_more(const struct fob_token *token)
{
    return (token->word & 0xff00) == FOB_SW_MORE;
}

/* Third-party cards are told to answer with all that a short command can be
 * answered with: where no Le is said, some take that for nothing. */
static void put_apdu(struct fob_writer *writer, const struct fob_token *token,
                     const struct token_command *command)
{
    const struct fob_apdu apdu = {
        .ins = (uint8_t)command->ins,
        .p1 = (uint8_t)(command->parameters >> 8),
        .p2 = (uint8_t)command->parameters,
        .data = command->data.data,
        .data_len = command->data.len,
        .le = token->is_own ? 0 : FOB_APDU_SHORT_MAX,
    };

    fob_apdu_put(writer, &apdu);
}

/* A token that always has more would never end: bytes, parts and parts without
 * a byte are bounded.  FOB_E_TOO_SHORT: there is more, and not this way. */
static enum fob_status run_rest(struct fob_token *token,
                                struct fob_secret *answer)
{
    uint8_t room[FOB_APDU_OVERHEAD_MAX];
    struct token_command next;
    struct fob_writer apdu;
    size_t got;
    enum fob_status status = FOB_OK;

    token_command_start(
        &next, token->has_iso_parts ? INS_GET_RESPONSE : INS_SEND_REMAINING, 0);
    for (int i = 0; status == FOB_OK && has_more(token); i++) {
        if (i == PARTS_MAX)
            return FOB_E_DAMAGED;
        fob_writer_init(&apdu, room, sizeof(room));
        put_apdu(&apdu, token, &next);
        status = run_part(token, &apdu, answer, &got);
        if (status == FOB_OK && got == 0)
            return FOB_E_TOO_SHORT;
    }
    return status;
}

static enum fob_status run_whole(struct fob_token *token,
                                 const struct fob_writer *apdu,
                                 struct fob_secret *answer)
{
    size_t got;
    enum fob_status status = run_part(token, apdu, answer, &got);

    return status == FOB_OK ? run_rest(token, answer) : status;
}

/* The rest of a long answer is had by YKOATH's own command, or by ISO 7816's,
 * as behind apdu-dispatch of the Nitrokey 3 and in pico-fido: which, only the
 * card tells, by giving nothing.  What changes nothing is asked again. */
static enum fob_status run_either_way(struct fob_token *token,
                                      const struct fob_writer *apdu,
                                      struct fob_secret *answer)
{
    const bool may_ask_again =
        !token->is_own && !token->has_iso_parts && apdu->data[1] == INS_LIST;
    enum fob_status status = run_whole(token, apdu, answer);

    if (status != FOB_E_TOO_SHORT || !may_ask_again)
        return status == FOB_E_TOO_SHORT ? FOB_E_DAMAGED : status;
    token->has_iso_parts = true;
    fob_secret_free(answer);
    status = run_whole(token, apdu, answer);
    return status == FOB_E_TOO_SHORT ? FOB_E_DAMAGED : status;
}

enum fob_status token_command_run(struct fob_token *token,
                                  struct token_command *command,
                                  struct fob_secret *answer)
{
    const enum token_instruction ins = command->ins;
    uint8_t room[FOB_TOKEN_COMMAND_MAX];
    struct fob_writer apdu;
    enum fob_status status = command->data.status;

    token->waited = false;
    token->word = 0;
    fob_writer_init(&apdu, room, sizeof(room));
    put_apdu(&apdu, token, command);
    if (status == FOB_OK)
        status = run_either_way(token, &apdu, answer);
    if (status == FOB_OK)
        status = token_word_read(token, ins);
    if (status != FOB_OK && answer != NULL)
        fob_secret_free(answer);
    fob_wipe(room, sizeof(room));
    token_command_clear(command);
    return status;
}
