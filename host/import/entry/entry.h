/* SPDX-License-Identifier: MIT */
/* What apps say of an account, as plain words: "SHA-256", "6", "STEAM". */
#ifndef FOB_HOST_IMPORT_ENTRY_ENTRY_H
#define FOB_HOST_IMPORT_ENTRY_ENTRY_H

#include "host/import/sink/otpauth_words.h"
#include "host/import/sink/sink.h"

/* None or "" for what the file does not say. */
struct entry_words {
    struct fob_span type;
    struct fob_span hash;
    struct fob_span digits;
    struct fob_span period_s;
    struct fob_span counter;
};

/* Fill in type, hash, digits and period or counter, and what is not said as
 * all apps have it: TOTP, SHA-1, 6 digits, 30 s.  NULL, or why the account is
 * not for fob. */
const char *entry_kind(const struct entry_words *words,
                       struct fob_account *account);

enum { ENTRY_FAULT_CAP = FOB_OTPAUTH_WORDS_MAX };

/* As sink_name, but that an issuer, which stands before a colon in the label
 * as well, is there no part of it. */
FOB_MUST_CHECK enum fob_status entry_names(struct import_sink *sink,
                                           struct fob_span issuer,
                                           struct fob_span label);

#endif
