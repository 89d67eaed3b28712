/* SPDX-License-Identifier: MIT */
/* One OATH credential: RFC 4226 and RFC 6238 parameters and their limits. */
#ifndef FOB_SRC_ACCOUNT_H
#define FOB_SRC_ACCOUNT_H

#include "src/span.h"
#include "src/status.h"

#include <stddef.h>
#include <stdint.h>

enum {
    FOB_ISSUER_MAX = 128, /* bytes of UTF-8, without the NUL */
    FOB_LABEL_MAX = 128,
    FOB_SECRET_MAX = 128, /* SHA-512's block */
    FOB_SECRET_MIN = 10,  /* 80 bits; RFC 4226 R6 asks for 128 */
    FOB_DIGITS_MIN = 6,
    FOB_DIGITS_MAX = 8,
    FOB_PERIOD_S_DEFAULT = 30,
    FOB_PERIOD_S_MAX = 86400,
};

/* Values are YKOATH's nibbles. */
enum fob_otp_type { FOB_HOTP = 1, FOB_TOTP = 2 };
enum fob_hash { FOB_SHA1 = 1, FOB_SHA256 = 2, FOB_SHA512 = 3 };

struct fob_account {
    char issuer[FOB_ISSUER_MAX + 1]; /* "" when there is none */
    char label[FOB_LABEL_MAX + 1];   /* the account part, never "" */
    uint8_t secret[FOB_SECRET_MAX];
    size_t secret_len;
    enum fob_otp_type type;
    enum fob_hash hash;
    uint8_t digits;
    uint32_t period_s; /* TOTP only, else 0 */
    uint64_t counter;  /* HOTP: the next one to use; else 0 */
};

/* FOB_OK when every field is in range and both texts are valid UTF-8 without
 * control characters and NUL-terminated; FOB_E_TOO_SHORT for a secret below
 * FOB_SECRET_MIN (callers that force may ignore just that), else
 * FOB_E_SYNTAX, FOB_E_TOO_LONG or FOB_E_UNSUPPORTED. */
FOB_MUST_CHECK enum fob_status
fob_account_check(const struct fob_account *account);

/* The hash that a name stands for, as apps and libraries spell it: sha256,
 * SHA-256, HmacSHA256, HMAC_SHA_256.  FOB_E_UNSUPPORTED for any other. */
FOB_MUST_CHECK enum fob_status fob_account_read_hash(struct fob_span name,
                                                     enum fob_hash *hash);

/* Wipe all but issuer and label, and these, too, where they speak of a secret:
 * in a URI with its marks in wrong places they may hold it. */
void fob_account_keep_names(struct fob_account *account);

/* Wipe the whole of it. */
void fob_account_clear(struct fob_account *account);

#endif
