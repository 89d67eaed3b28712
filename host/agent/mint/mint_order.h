/* SPDX-License-Identifier: MIT */
/* A session that costs a code, as it is wanted. */
#ifndef FOB_HOST_AGENT_MINT_MINT_ORDER_H
#define FOB_HOST_AGENT_MINT_MINT_ORDER_H

#include "host/agent/codes/typed_code.h"
#include "host/agent/mint/role.h"
#include "host/agent/profile/profile.h"
#include "host/aws/refusal.h"

struct mint_order {
    const struct profile *profile; /* whose long-term key signs */
    const char *name;              /* of the profile that was asked for */
    const char *serial;            /* of the device whose code is sent */
    const char *account;           /* the name of the account that has its
                                      seed; NULL: found by the serial */
    const struct role *role;       /* NULL: GetSessionToken */
    uint32_t duration_s;
    int64_t left_s; /* a cached one must have at least so much life */
    bool may_wait;  /* for an unused code, else FOB_E_SPENT at once */
    bool is_fresh;  /* no session that was made before it was asked for */
    struct typed_code *typed;  /* for a device whose seed is nowhere; NULL: no
                                  person is asked */
    enum fob_refusal *refusal; /* filled in when STS said no; may be NULL */
};

#endif
