/* SPDX-License-Identifier: MIT */
/*
 * An entry of KeePass's, with what keeps codes in it: `otp` (KeePassXC,
 * KeePassOTP, KeeOtp), "TOTP Seed" (KeeTrayTOTP, old KeePassXC), TimeOtp and
 * HmacOtp (KeePass's own).
 */
#ifndef FOB_HOST_IMPORT_MANAGERS_KEEPASS_ENTRY_H
#define FOB_HOST_IMPORT_MANAGERS_KEEPASS_ENTRY_H

#include "host/import/sink/sink.h"

enum keepass_field {
    KEEPASS_TITLE,
    KEEPASS_USER,
    KEEPASS_OTP,
    KEEPASS_SEED,
    KEEPASS_SETTINGS,
    KEEPASS_TIME, /* and the encodings, as of keepass_entry.c */
    KEEPASS_TIME_HEX,
    KEEPASS_TIME_BASE32,
    KEEPASS_TIME_BASE64,
    KEEPASS_PERIOD,
    KEEPASS_LENGTH,
    KEEPASS_ALGORITHM,
    KEEPASS_HMAC,
    KEEPASS_HMAC_HEX,
    KEEPASS_HMAC_BASE32,
    KEEPASS_HMAC_BASE64,
    KEEPASS_COUNTER,
    KEEPASS_FIELDS,
};

struct keepass_entry {
    size_t line;
    struct fob_span field[KEEPASS_FIELDS]; /* as they stand in the XML */
    bool is_raw[KEEPASS_FIELDS];           /* without what XML escapes */
    bool is_double;                        /* it has a field twice */
};

void keepass_entry_note(struct keepass_entry *entry, struct fob_span key,
                        struct fob_span value, bool is_raw);

/* Put its accounts, one, none or more; the status is the sink's. */
FOB_MUST_CHECK enum fob_status
keepass_entry_put(const struct keepass_entry *entry, bool is_in_bin,
                  struct import_sink *sink);

#endif
