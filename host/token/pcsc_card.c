/* SPDX-License-Identifier: MIT */
#include "host/token/pcsc_card.h"

#include <time.h>

enum { SHARING_TRIES = 50, SHARING_PAUSE_MS = 100, HEAD_LEN = 5 };

static enum fob_status status_of(enum pcsc_code code)
{
    switch (code) {
    case PCSC_OK:
        return FOB_OK;
    case PCSC_SHARING_VIOLATION:
        return FOB_E_BUSY;
    case PCSC_NO_MEMORY:
    case PCSC_SECURITY_VIOLATION:
        return FOB_E_FAILED;
    case PCSC_INSUFFICIENT_BUFFER:
        return FOB_E_DAMAGED;
    default:
        return FOB_E_TOKEN_ABSENT;
    }
}

/* On whom polkit keeps out, pcscd hangs up. */
static enum pcsc_code establish_context(struct pcsc_card *card)
{
    enum pcsc_code code = pcsc_library_code(card->library->establish(
        PCSC_SCOPE_SYSTEM, NULL, NULL, &card->context));

    card->has_context = code == PCSC_OK;
    return code == PCSC_COMM_ERROR ? PCSC_SECURITY_VIOLATION : code;
}

enum fob_status
pcsc_card_list_readers(struct pcsc_card *card,
                       uint8_t names[static FOB_TOKEN_REPLY_MAX], size_t *len)
{
    unsigned long names_len = FOB_TOKEN_REPLY_MAX;
    enum pcsc_code code = establish_context(card);

    *len = 0;
    if (code == PCSC_OK)
        code = pcsc_library_code(card->library->readers(
            card->context, NULL, (char *)names, &names_len));
    if (code == PCSC_OK && names_len <= FOB_TOKEN_REPLY_MAX)
        *len = names_len;
    return status_of(code == PCSC_NO_READERS ? PCSC_OK : code);
}

/* Other programs poll their cards: a violation passes. */
static enum pcsc_code connect_shared(struct pcsc_card *card, const char *reader)
{
    const struct timespec pause = {.tv_nsec = SHARING_PAUSE_MS * 1000000L};
    enum pcsc_code code = PCSC_SHARING_VIOLATION;

    for (int i = 0; i < SHARING_TRIES; i++) {
        code = pcsc_library_code(card->library->connect(
            card->context, reader, PCSC_SHARE_SHARED, PCSC_PROTOCOLS,
            &card->card, &card->protocol));
        if (code != PCSC_SHARING_VIOLATION)
            break;
        nanosleep(&pause, NULL);
    }
    card->has_card = code == PCSC_OK;
    return code;
}

static enum pcsc_code reconnect_card(struct pcsc_card *card)
{
    return pcsc_library_code(
        card->library->reconnect(card->card, PCSC_SHARE_SHARED, PCSC_PROTOCOLS,
                                 PCSC_LEAVE_CARD, &card->protocol));
}

/* A transaction keeps others from selecting their own application between
 * two commands of ours.  Whoever had the card until now may have reset it:
 * then it has no protocol until somebody connects anew. */
static enum pcsc_code begin_transaction(struct pcsc_card *card)
{
    enum pcsc_code code = pcsc_library_code(card->library->begin(card->card));

    if (code == PCSC_RESET_CARD) {
        code = reconnect_card(card);
        if (code == PCSC_OK)
            code = pcsc_library_code(card->library->begin(card->card));
    }
    return code == PCSC_OK ? reconnect_card(card) : code;
}

enum fob_status pcsc_card_open(struct pcsc_card *card, const char *reader)
{
    enum pcsc_code code = establish_context(card);

    if (code == PCSC_OK)
        code = connect_shared(card, reader);
    if (code == PCSC_OK)
        code = begin_transaction(card);
    return status_of(code);
}

/* Of short commands: T=0 has no way to say both (ISO 7816-3, section 12.2). */
static bool has_data_and_le(const uint8_t *command, size_t len)
{
    return len > HEAD_LEN &&
           len == (size_t)HEAD_LEN + command[HEAD_LEN - 1] + 1;
}

static enum pcsc_code transmit_once(const struct pcsc_card *card,
                                    const uint8_t *command, size_t command_len,
                                    uint8_t *reply, unsigned long *len)
{
    const struct pcsc_request request = {card->protocol, sizeof(request)};

    *len = FOB_TOKEN_REPLY_MAX;
    if (card->protocol == PCSC_T0 && has_data_and_le(command, command_len))
        command_len--;
    return pcsc_library_code(card->library->transmit(
        card->card, &request, command, command_len, NULL, reply, len));
}

/* pcscd resets the card of a program that died, and may do so when the card
 * is ours already.  Before the first command nothing is lost by that. */
enum fob_status pcsc_card_transmit(struct pcsc_card *card,
                                   const uint8_t *command, size_t command_len,
                                   uint8_t reply[static FOB_TOKEN_REPLY_MAX],
                                   size_t *reply_len)
{
    unsigned long len;
    enum pcsc_code code =
        transmit_once(card, command, command_len, reply, &len);

    *reply_len = 0;
    if (!card->was_asked &&
        (code == PCSC_PROTO_MISMATCH || code == PCSC_RESET_CARD)) {
        code = reconnect_card(card);
        if (code == PCSC_OK)
            code = transmit_once(card, command, command_len, reply, &len);
    }
    card->was_asked = true;
    if (code != PCSC_OK)
        return status_of(code);
    if (len == 0) /* some drivers have no fault for a card pulled out */
        return FOB_E_TOKEN_ABSENT;
    if (len < 2 || len > FOB_TOKEN_REPLY_MAX)
        return FOB_E_DAMAGED;
    *reply_len = len;
    return FOB_OK;
}

void pcsc_card_close(struct pcsc_card *card)
{
    if (card->has_card) {
        card->library->end(card->card, PCSC_LEAVE_CARD);
        card->library->disconnect(card->card, PCSC_LEAVE_CARD);
    }
    if (card->has_context)
        card->library->release(card->context);
    *card = (struct pcsc_card){0};
}
