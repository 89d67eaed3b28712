/* SPDX-License-Identifier: MIT */
/* What it means when a call did not do what was asked, and what to run next. */
#ifndef FOB_HOST_AWS_REFUSAL_H
#define FOB_HOST_AWS_REFUSAL_H

#include "host/aws/exchange.h"
#include "host/base/error.h"

/* What a caller can act on. */
enum fob_refusal {
    FOB_REFUSAL_NONE,      /* HTTP 200: it was done */
    FOB_REFUSAL_TRANSPORT, /* no reply, or none that can be read */
    FOB_REFUSAL_CODE,      /* the code was wrong, or used before */
    FOB_REFUSAL_DEVICE,    /* serial unknown or not yet known to STS, or no
                              verification left in this window */
    FOB_REFUSAL_PAIR,      /* enable or resync: the two codes do not fit */
    FOB_REFUSAL_MFA,       /* wants a session minted with MFA */
    FOB_REFUSAL_DENIED,    /* a policy says no */
    FOB_REFUSAL_KEY,       /* the access key is unknown or its secret wrong */
    FOB_REFUSAL_EXPIRED,   /* the session used has ended */
    FOB_REFUSAL_CLOCK,     /* the signature's time is off: learn Date, retry */
    FOB_REFUSAL_DURATION,  /* longer than the role or the call allows */
    FOB_REFUSAL_LATER,     /* throttled, or a fault inside AWS */
    FOB_REFUSAL_EXISTS,    /* the entity to make is there already */
    FOB_REFUSAL_NOT_FOUND, /* no such entity */
    FOB_REFUSAL_LIMIT,     /* a quota is used up */
    FOB_REFUSAL_CONFLICT,  /* in use, or changing right now */
    FOB_REFUSAL_REGION,    /* an opt-in region is not enabled */
    FOB_REFUSAL_REQUEST,   /* malformed or invalid in another way */
    FOB_REFUSAL_OTHER,
};

/* For the words; "" where there is none. */
struct fob_refusal_context {
    const char *action;  /* "GetSessionToken" */
    const char *profile; /* for hints such as `fob keys import P` */
    const char *serial;
    const char *access_key_id;
};

/* FOB_REFUSAL_NONE leaves `error` alone.  Otherwise it is filled in: status
 * FOB_E_REFUSED, FOB_E_THROTTLED, FOB_E_NETWORK or FOB_E_REPLY (or what
 * fob-net said), one line that says what failed and why, and the next
 * command. */
FOB_MUST_CHECK enum fob_refusal
fob_refusal_explain(const struct fob_exchange_reply *reply,
                    const struct fob_refusal_context *context,
                    struct fob_error *error);

#endif
