/* SPDX-License-Identifier: MIT */
/*
 * What is wrong with an otpauth URI or a secret, for a person: what, where,
 * and what to do.  Of the text itself only places and kinds are told, never a
 * character: what is no base32 may be a password, or a secret with a slip.
 */
#ifndef FOB_HOST_IMPORT_SINK_OTPAUTH_WORDS_H
#define FOB_HOST_IMPORT_SINK_OTPAUTH_WORDS_H

#include "host/base/error.h"
#include "src/otpauth.h"

enum { FOB_OTPAUTH_WORDS_MAX = 160 }; /* bytes, with the NUL */

/* A clause about the account: "it has no secret", "character 17 of its secret
 * is ...".  "" where nothing is wrong. */
void fob_otpauth_words_put(const struct fob_otpauth_fault *fault,
                           char words[static FOB_OTPAUTH_WORDS_MAX]);

/* The same of a bare secret: "character 17 is ...". */
void fob_otpauth_words_put_secret(const struct fob_base32_fault *fault,
                                  char words[static FOB_OTPAUTH_WORDS_MAX]);

/* The next step, as the hint of an error that is set. */
void fob_otpauth_words_hint(const struct fob_otpauth_fault *fault,
                            struct fob_error *error);
void fob_otpauth_words_hint_secret(const struct fob_base32_fault *fault,
                                   struct fob_error *error);

#endif
