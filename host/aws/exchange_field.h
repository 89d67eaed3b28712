/* SPDX-License-Identifier: MIT */
/* What requests and replies have in common; for exchange*.c only. */
#ifndef FOB_HOST_AWS_EXCHANGE_FIELD_H
#define FOB_HOST_AWS_EXCHANGE_FIELD_H

#include "host/base/secret.h"
#include "src/bytes.h"

enum exchange_type { EXCHANGE_REQUEST = 1, EXCHANGE_REPLY = 2 };

void exchange_put_head(struct fob_writer *writer, enum exchange_type type);
void exchange_get_head(struct fob_reader *reader, enum exchange_type type);

void exchange_put_text(struct fob_writer *writer, const char *text, size_t len);
/* Never NULL; "" with the reader's fault set for what is no text. */
const char *exchange_get_text(struct fob_reader *reader);

/* Printable ASCII, and not empty when `needed`. */
bool exchange_is_plain(const char *text, bool needed);

/* Run `put` over `what` into the empty `message`, of at most `max` bytes. */
FOB_MUST_CHECK enum fob_status
exchange_encode(void (*put)(struct fob_writer *, const void *),
                const void *what, size_t max, struct fob_secret *message);

#endif
