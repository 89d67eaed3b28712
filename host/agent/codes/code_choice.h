/* SPDX-License-Identifier: MIT */
/* Which code of a device is used next.  Pure. */
#ifndef FOB_HOST_AGENT_CODES_CODE_CHOICE_H
#define FOB_HOST_AGENT_CODES_CODE_CHOICE_H

#include "host/aws/ledger.h"

/* What gives the codes. */
struct code_choice_source {
    uint32_t period_s;
    int64_t offset_s;   /* of the device's clock */
    uint64_t watermark; /* only later steps can be had; 0: any */
    bool is_command;    /* gives the code of the present step and no other */
    bool leaves_one;    /* the last code that can be used now is for others */
    bool is_typed;      /* of a step that AWS alone can tell */
};

struct code_choice {
    uint64_t step;
    bool is_outermost; /* good only if the device's clock is AWS's to the step;
                          the pair that enabled it may have set it one off */
    uint32_t wait_s;   /* until a code can be used; 0 when one can */
};

/* FOB_E_SPENT when no code can be used now. */
FOB_MUST_CHECK enum fob_status
code_choice_make(const struct code_choice_source *from,
                 const struct fob_ledger *ledger, int64_t now_s,
                 struct code_choice *choice);

#endif
