/* SPDX-License-Identifier: MIT */
#include "host/agent/mint/code_choice.h"

#include "src/otp.h"

/* Steps beyond which AWS takes no code of a clock that is right. */
enum { OUTERMOST = FOB_LEDGER_AHEAD };

static enum fob_status choose_of_command(const struct code_source *from,
                                         const struct fob_ledger *ledger,
                                         int64_t now_s,
                                         struct code_choice *choice)
{
    uint64_t now = fob_otp_step((uint64_t)now_s, from->period_s);
    enum fob_status status = fob_ledger_choose(ledger, now_s, from->period_s,
                                               &choice->step, &choice->wait_s);

    if (status != FOB_OK || choice->step == now)
        return status;
    choice->wait_s = from->period_s - (uint32_t)(now_s % from->period_s);
    return FOB_E_SPENT;
}

static enum fob_status choose_of_seed(const struct code_source *from,
                                      const struct fob_ledger *ledger,
                                      int64_t now_s, struct code_choice *choice)
{
    uint64_t now = fob_otp_step((uint64_t)now_s, from->period_s);
    enum fob_status status =
        from->watermark == 0
            ? fob_ledger_choose(ledger, now_s, from->period_s, &choice->step,
                                &choice->wait_s)
            : fob_ledger_choose_above(ledger, now_s, from->period_s,
                                      from->watermark, &choice->step,
                                      &choice->wait_s);

    choice->is_outermost =
        status == FOB_OK &&
        (choice->step + OUTERMOST == now || choice->step == now + OUTERMOST);
    return status;
}

enum fob_status code_choice_make(const struct code_source *from,
                                 const struct fob_ledger *ledger, int64_t now_s,
                                 struct code_choice *choice)
{
    *choice = (struct code_choice){0};
    if (from->is_command)
        return choose_of_command(from, ledger, now_s, choice);
    return choose_of_seed(from, ledger, now_s + from->offset_s, choice);
}
