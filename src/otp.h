/* SPDX-License-Identifier: MIT */
/* HOTP (RFC 4226 section 5) and TOTP (RFC 6238 section 4). */
#ifndef FOB_SRC_OTP_H
#define FOB_SRC_OTP_H

#include "src/account.h"
#include "src/hmac.h"

enum { FOB_CODE_MAX = FOB_DIGITS_MAX };

/* The hash that `hash` names, or NULL when it names none. */
const struct fob_digest_kind *fob_otp_hash(enum fob_hash hash);

/* RFC 4226 section 5.3: the 31 bits of a MAC of at least 20 bytes that a code
 * is made of. */
uint32_t fob_otp_truncate(const uint8_t *mac, size_t mac_len);

/* The same of the HMAC over `counter`, for those that keep a prepared key or
 * want no text. */
uint32_t fob_otp_bits(const struct fob_hmac_key *key, uint64_t counter);

/* The HOTP value of `counter` as decimal text with leading zeros, NUL-ended.
 * `account` must pass fob_account_check (a short secret is allowed).
 * FOB_E_UNSUPPORTED for a hash or digits out of range; `code` is then "". */
FOB_MUST_CHECK enum fob_status fob_otp_code(const struct fob_account *account,
                                            uint64_t counter,
                                            char code[static FOB_CODE_MAX + 1]);

/* RFC 6238's T for T0 = 0: floor(unix_s / period_s).  period_s >= 1. */
uint64_t fob_otp_step(uint64_t unix_s, uint32_t period_s);

#endif
