/* SPDX-License-Identifier: MIT */
/* RFC 4648 section 6, without branches or table look-ups on secret data. */
#ifndef FOB_SRC_BASE32_H
#define FOB_SRC_BASE32_H

#include "src/status.h"

#include <stddef.h>
#include <stdint.h>

/* Characters of the unpadded encoding of `len` bytes. */
#define FOB_BASE32_LEN(len) (((len)*8 + 4) / 5)

/* Unpadded, upper case, NUL-ended.  FOB_E_TOO_LONG when `cap` is less than
 * FOB_BASE32_LEN(len) + 1; `text` is then "". */
FOB_MUST_CHECK enum fob_status
fob_base32_encode(const uint8_t *data, size_t len, char *text, size_t cap);

/* Strict: upper case, padding right or wholly absent, unused bits zero.
 * FOB_E_SYNTAX or FOB_E_TOO_LONG; *data_len is then 0 and `data` wiped. */
FOB_MUST_CHECK enum fob_status fob_base32_decode(const char *text, size_t len,
                                                 uint8_t *data, size_t cap,
                                                 size_t *data_len);

/* As people paste it: either case, spaces, tabs, dashes and any trailing
 * '=' passed over, unused bits ignored; otherwise as the strict one. */
FOB_MUST_CHECK enum fob_status
fob_base32_decode_lenient(const char *text, size_t len, uint8_t *data,
                          size_t cap, size_t *data_len);

#endif
