/* SPDX-License-Identifier: MIT */
/*
 * One code: whether it may be made, the commit of its use, the code.  In that
 * order, so that no code leaves before its counter or watermark is written.
 */
#ifndef FOB_FIRMWARE_APP_OATH_CODE_H
#define FOB_FIRMWARE_APP_OATH_CODE_H

#include "firmware/app/oath/call.h"
#include "firmware/app/store/accounts.h"

/* The code that a client asks for. */
struct code {
    struct credential credential; /* wipe it after use */
    int slot;
    const uint8_t *challenge;
    size_t challenge_len;
    bool is_truncated;
    bool is_touched; /* a person answered for it */
    uint64_t value;  /* time step or counter; set by code_judge */
    uint64_t time_s; /* at which the step begins; guarded accounts only */
};

enum code_verdict {
    CODE_FREE,    /* make it */
    CODE_TOUCH,   /* only with a touch */
    CODE_REFUSED, /* older than the watermark, or absurd */
};

enum code_verdict code_judge(const struct call *call, struct code *code);

/* Write the use down, unless this very code was the account's last one. */
FOB_MUST_CHECK enum fob_status code_commit(struct call *call,
                                           const struct code *code);

/* Write the code's TLV to the reply. */
void code_put(struct call *call, const struct code *code);

#endif
