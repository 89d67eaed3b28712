/* SPDX-License-Identifier: MIT */
/* A card in a reader of PC/SC's.  Each call blocks for as long as the card or
 * another program likes.  Faults are those of transport.h; without pcscd all
 * is absent. */
#ifndef FOB_HOST_TOKEN_PCSC_CARD_H
#define FOB_HOST_TOKEN_PCSC_CARD_H

#include "host/token/pcsc_library.h"
#include "host/token/transport.h"

struct pcsc_card {
    const struct pcsc_library *library; /* the rest starts as zeros */
    bool has_context, has_card;
    bool was_asked; /* the card, since it is ours */
    long context;
    long card;
    unsigned long protocol;
};

/* The readers' names one after the other, each with its NUL. */
FOB_MUST_CHECK enum fob_status
pcsc_card_list_readers(struct pcsc_card *card,
                       uint8_t names[static FOB_TOKEN_REPLY_MAX], size_t *len);

/* Connect to the card in the reader and take it for ourselves. */
FOB_MUST_CHECK enum fob_status pcsc_card_open(struct pcsc_card *card,
                                              const char *reader);

FOB_MUST_CHECK enum fob_status pcsc_card_transmit(
    struct pcsc_card *card, const uint8_t *command, size_t command_len,
    uint8_t reply[static FOB_TOKEN_REPLY_MAX], size_t *reply_len);

/* Whatever of the above was done, and how it ended. */
void pcsc_card_close(struct pcsc_card *card);

#endif
