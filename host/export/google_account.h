/* SPDX-License-Identifier: MIT */
/* One account in the words of Google Authenticator's export. */
#ifndef FOB_HOST_EXPORT_GOOGLE_ACCOUNT_H
#define FOB_HOST_EXPORT_GOOGLE_ACCOUNT_H

#include "host/export/bytes_out.h"
#include "src/account.h"

/* A field of Protocol Buffers: a number, or bytes. */
void google_account_put_number(struct bytes_out *out, uint8_t field,
                               uint64_t number);
void google_account_put_bytes(struct bytes_out *out, uint8_t field,
                              const void *data, size_t len);

/* The message OtpParameters, of an account that fob_google_fault has nothing
 * against. */
void google_account_put(struct bytes_out *out,
                        const struct fob_account *account);

#endif
