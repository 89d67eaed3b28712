/* SPDX-License-Identifier: MIT */
/*
 * Codes of a device whose seed is nowhere here: a phone's, a hardware token's.
 * A person types them; one that was handed in with the request goes first.
 */
#ifndef FOB_HOST_AGENT_CODES_TYPED_CODE_H
#define FOB_HOST_AGENT_CODES_TYPED_CODE_H

#include "host/agent/request/request.h"
#include "host/base/six_digits.h"

/* What a request brings along, and the code at hand. */
struct typed_code {
    char given[FOB_SIX_DIGITS + 1]; /* "": none, or it is used */
    char code[FOB_SIX_DIGITS + 1];  /* "": none at hand */
    unsigned asked;                 /* questions so far */
    bool was_refused;
};

/* Whose code is wanted. */
struct typed_code_device {
    const char *serial;
    const char *profile;
};

/* Have a code at hand: the one that is, the one given, else by asking, three
 * times at most in all.  FOB_E_NOBODY, with the error set and the ways out,
 * when nobody can be asked; FOB_E_REFUSED when a code that was given was used
 * at that device just now. */
FOB_MUST_CHECK enum fob_status
typed_code_get(struct fob_request *request,
               const struct typed_code_device *device,
               struct typed_code *typed);

/* The one at hand is sent: it serves no second time. */
void typed_code_note(struct fob_request *request, const char *serial,
                     const struct typed_code *typed);

/* AWS did not take it; whether a person may be asked for another. */
void typed_code_drop(struct typed_code *typed);
bool typed_code_may_ask(const struct typed_code *typed);

void typed_code_free(struct typed_code *typed);

#endif
