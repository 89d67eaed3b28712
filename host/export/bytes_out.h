/* SPDX-License-Identifier: MIT */
/* What is written for another program, in secret memory that grows.  The first
 * fault sticks: what is put later is passed over. */
#ifndef FOB_HOST_EXPORT_BYTES_OUT_H
#define FOB_HOST_EXPORT_BYTES_OUT_H

#include "host/base/secret.h"

struct bytes_out {
    struct fob_secret data;
    enum fob_status status; /* FOB_OK or FOB_E_NO_MEMORY */
};

void bytes_out_put(struct bytes_out *out, const void *data, size_t len);
/* NUL-ended text without its NUL. */
void bytes_out_put_text(struct bytes_out *out, const char *text);
/* In decimal. */
void bytes_out_put_number(struct bytes_out *out, uint64_t number);
/* In lower case. */
void bytes_out_put_hex(struct bytes_out *out, const uint8_t *data, size_t len);
/* RFC 4648, section 4, padded. */
void bytes_out_put_base64(struct bytes_out *out, const uint8_t *data,
                          size_t len);
/* A string of JSON (RFC 8259, section 7), with its quotes. */
void bytes_out_put_string(struct bytes_out *out, const char *text);

/* Wipe and free; leaves it empty and sound. */
void bytes_out_free(struct bytes_out *out);

#endif
