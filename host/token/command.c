/* SPDX-License-Identifier: MIT */
#include "host/token/command.h"

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

static enum fob_status status_of(const struct fob_token *token, unsigned word)
{
    if ((word & 0xfff0) == FOB_SW_WRONG_KEY)
        return FOB_E_WRONG_KEY;
    switch (word) {
    case FOB_SW_OK:
        return FOB_OK;
    case FOB_SW_DENIED:
        return token->waited ? FOB_E_NOT_TOUCHED : FOB_E_LOCKED;
    case FOB_SW_BLOCKED:
        return FOB_E_TOKEN_BLOCKED;
    case FOB_SW_NO_OBJECT:
        return FOB_E_NOT_FOUND;
    case FOB_SW_SYNTAX:
        return FOB_E_SYNTAX;
    case FOB_SW_FULL:
        return FOB_E_NO_MEMORY;
    case FOB_SW_NO_APPLICATION:
    case FOB_SW_INSTRUCTION:
    case FOB_SW_CLASS:
    case FOB_SW_PARAMETERS:
        return FOB_E_UNSUPPORTED;
    case FOB_SW_FAILED:
        return FOB_E_FAILED;
    default:
        return FOB_E_DAMAGED;
    }
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

static enum fob_status run_part(struct fob_token *token,
                                const struct fob_writer *apdu,
                                struct fob_secret *answer)
{
    const struct fob_token_watch watch = {note_wait, token};
    uint8_t reply[FOB_TOKEN_REPLY_MAX];
    struct fob_token_exchange it = {.command = apdu->data,
                                    .command_len = apdu->len,
                                    .reply = reply,
                                    .reply_cap = sizeof(reply),
                                    .watch = &watch};
    enum fob_status status = token->transport->exchange(token->link, &it);

    token->word = 0;
    if (status == FOB_OK &&
        (it.reply_len < STATUS_LEN || it.reply_len > sizeof(reply)))
        status = FOB_E_DAMAGED;
    if (status == FOB_OK)
        status = take_part(token, &it, answer);
    fob_wipe(reply, sizeof(reply));
    return status;
}

static bool has_more(const struct fob_token *token)
{
    return (token->word & 0xff00) == FOB_SW_MORE;
}

/* Short commands without Le, as the clients do that cards were tried with. */
static void put_apdu(struct fob_writer *writer,
                     const struct token_command *command)
{
    const struct fob_apdu apdu = {
        .ins = (uint8_t)command->ins,
        .p1 = (uint8_t)(command->parameters >> 8),
        .p2 = (uint8_t)command->parameters,
        .data = command->data.data,
        .data_len = command->data.len,
    };

    fob_apdu_put(writer, &apdu);
}

/* A token that always has more would never end: both bytes and parts are
 * bounded. */
static enum fob_status run_rest(struct fob_token *token,
                                struct fob_secret *answer)
{
    uint8_t room[FOB_APDU_OVERHEAD_MAX];
    struct token_command next;
    struct fob_writer apdu;
    enum fob_status status = FOB_OK;

    token_command_start(&next, INS_SEND_REMAINING, 0);
    for (int i = 0; status == FOB_OK && has_more(token); i++) {
        if (i == PARTS_MAX)
            return FOB_E_DAMAGED;
        fob_writer_init(&apdu, room, sizeof(room));
        put_apdu(&apdu, &next);
        status = run_part(token, &apdu, answer);
    }
    return status;
}

enum fob_status token_command_run(struct fob_token *token,
                                  struct token_command *command,
                                  struct fob_secret *answer)
{
    uint8_t room[FOB_TOKEN_COMMAND_MAX];
    struct fob_writer apdu;
    enum fob_status status = command->data.status;

    token->waited = false;
    token->word = 0;
    fob_writer_init(&apdu, room, sizeof(room));
    put_apdu(&apdu, command);
    if (status == FOB_OK)
        status = run_part(token, &apdu, answer);
    if (status == FOB_OK)
        status = run_rest(token, answer);
    if (status == FOB_OK)
        status = status_of(token, token->word);
    if (status != FOB_OK && answer != NULL)
        fob_secret_free(answer);
    fob_wipe(room, sizeof(room));
    token_command_clear(command);
    return status;
}
