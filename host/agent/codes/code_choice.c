/* SPDX-License-Identifier: MIT */
#include "host/agent/codes/code_choice.h"

#include "src/otp.h"

/* Steps beyond which AWS takes no code of a clock that is right. */
enum { OUTERMOST = FOB_LEDGER_AHEAD };

static enum fob_status choose_of_command(const struct code_choice_source *from,
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

static enum fob_status choose_of_seed(const struct code_choice_source *from,
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

/* The window's budget alone counts; the step is the likeliest one. */
static enum fob_status choose_typed(const struct code_choice_source *from,
                                    const struct fob_ledger *ledger,
                                    int64_t now_s, struct code_choice *choice)
{
    struct fob_ledger budget = *ledger;

    budget.step_count = 0;
    return fob_ledger_choose(&budget, now_s, from->period_s, &choice->step,
                             &choice->wait_s);
}

static enum fob_status choose_code(const struct code_choice_source *from,
                                   const struct fob_ledger *ledger,
                                   int64_t now_s, struct code_choice *choice)
{
    *choice = (struct code_choice){0};
    if (from->is_typed)
        return choose_typed(from, ledger, now_s, choice);
    if (from->is_command)
        return choose_of_command(from, ledger, now_s, choice);
    return choose_of_seed(from, ledger, now_s + from->offset_s, choice);
}

/* Whether there is another one after it.  Of a command there is one each step,
 * so there the window's budget alone counts. */
static enum fob_status choose_another(const struct code_choice_source *from,
                                      const struct fob_ledger *ledger,
                                      int64_t now_s, uint64_t taken,
                                      struct code_choice *choice)
{
    struct fob_ledger after = *ledger;

    fob_ledger_spend(&after, taken, now_s, true);
    if (from->is_command)
        after.step_count = 0;
    return choose_code(from, &after, now_s, choice);
}

enum fob_status code_choice_make(const struct code_choice_source *from,
                                 const struct fob_ledger *ledger, int64_t now_s,
                                 struct code_choice *choice)
{
    struct code_choice other;
    enum fob_status status = choose_code(from, ledger, now_s, choice);

    if (status != FOB_OK || !from->leaves_one)
        return status;
    status = choose_another(from, ledger, now_s, choice->step, &other);
    if (status != FOB_OK)
        *choice = other;
    return status;
}
