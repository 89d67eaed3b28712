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

/* As people paste it: either case; white space, dashes and what shows nothing
 * (src/utf8.h), and any trailing '=' passed over, unused bits ignored;
 * otherwise as the strict one. */
FOB_MUST_CHECK enum fob_status
fob_base32_decode_lenient(const char *text, size_t len, uint8_t *data,
                          size_t cap, size_t *data_len);

/* What keeps a text from being base32. */
enum fob_base32_wrong {
    FOB_BASE32_RIGHT,
    FOB_BASE32_EMPTY,   /* nothing but what is passed over */
    FOB_BASE32_DIGIT,   /* 0, 1, 8 or 9 */
    FOB_BASE32_PADDING, /* a '=' that more follows */
    FOB_BASE32_SIGN,    /* any other character of ASCII */
    FOB_BASE32_FOREIGN, /* a character beyond ASCII */
    FOB_BASE32_BYTE,    /* no UTF-8 */
    FOB_BASE32_LENGTH,  /* as many characters as no bytes have */
};

/* Never the character itself: what is refused may still be a secret. */
struct fob_base32_fault {
    enum fob_base32_wrong wrong;
    size_t place; /* of the character, from 1, among those that are not passed
                     over; LENGTH: how many of these there are */
};

/* The first fault of a text, as the lenient decoder reads it. */
struct fob_base32_fault fob_base32_find_fault(const char *text, size_t len);

#endif
