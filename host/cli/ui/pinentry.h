/* SPDX-License-Identifier: MIT */
/* Asking through a pinentry program: the part of the Assuan protocol that
 * one question needs. */
#ifndef FOB_HOST_CLI_UI_PINENTRY_H
#define FOB_HOST_CLI_UI_PINENTRY_H

#include "host/base/error.h"
#include "host/base/secret.h"

/* Ask for what `prompt` names, such as "passphrase", with `text` as the
 * explanation.  The answer fills the
 * empty `answer`; FOB_E_NOBODY when the person cancelled. */
FOB_MUST_CHECK enum fob_status
pinentry_ask(const char *program, const char *prompt, const char *text,
             struct fob_secret *answer, struct fob_error *error);

/* The answer in what a pinentry said: its D line, decoded.  FOB_E_NOT_FOUND
 * when there is none. */
FOB_MUST_CHECK enum fob_status pinentry_parse(const struct fob_secret *said,
                                              struct fob_secret *answer);

#endif
