/* SPDX-License-Identifier: MIT */
/* The ledger of a device: which codes are left, and when again. */
#include "host/aws/ledger.h"
#include "tests/lib/tap.h"

#include <stdlib.h>

enum { PERIOD_S = 30 };
/* A window's begin: 1 800 000 000 is a multiple of 180. */
static const int64_t begin = 1800000000;

static void test_order(void)
{
    static const int64_t order[] = {0, 1, -1, 2, -2};
    struct fob_ledger ledger = {0};
    uint64_t now = (uint64_t)begin / PERIOD_S, step;
    uint32_t wait_s;

    for (size_t i = 0; i < 5; i++) {
        enum fob_status status =
            fob_ledger_choose(&ledger, begin + 7, PERIOD_S, &step, &wait_s);

        tap_ok(status == FOB_OK && step == now + (uint64_t)order[i],
               "code %zu of a step is T%+d", i + 1, (int)order[i]);
        fob_ledger_spend(&ledger, step, begin + 7, true);
    }
    tap_ok(fob_ledger_choose(&ledger, begin + 7, PERIOD_S, &step, &wait_s) ==
                   FOB_E_SPENT &&
               wait_s == PERIOD_S - 7,
           "the sixth waits for the next step");
    tap_ok(fob_ledger_choose(&ledger, begin + 30, PERIOD_S, &step, &wait_s) ==
                   FOB_OK &&
               step == now + 3,
           "and gets the one code that came into reach");
}

static enum fob_status choose_above(const struct fob_ledger *ledger, int mark,
                                    int *step)
{
    uint64_t now = (uint64_t)begin / PERIOD_S, chosen;
    uint32_t wait_s;
    enum fob_status status = fob_ledger_choose_above(
        ledger, begin + 7, PERIOD_S, now + (uint64_t)(int64_t)mark, &chosen,
        &wait_s);

    *step = (int)(int64_t)(chosen - now);
    return status;
}

/* A token's steps only rise, and no book knows what others had of it. */
static void test_above_mark(void)
{
    static const struct {
        int mark, step;
    } rows[] = {{-9, -1}, {-2, -1}, {-1, 0}, {0, 1}, {1, 2}, {3, 0}, {99, 0}};
    struct fob_ledger ledger = {0};
    int step;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        tap_ok(choose_above(&ledger, rows[i].mark, &step) == FOB_OK &&
                   step == rows[i].step,
               "above a mark of T%+d it is T%+d", rows[i].mark, rows[i].step);
    tap_ok(choose_above(&ledger, 2, &step) == FOB_E_SPENT,
           "above T+2 there is none yet");
    fob_ledger_spend(&ledger, (uint64_t)begin / PERIOD_S, begin, true);
    tap_ok(choose_above(&ledger, -1, &step) == FOB_OK && step == 1,
           "a spent one is passed over");
    for (uint64_t i = 1; i < FOB_LEDGER_BUDGET; i++)
        fob_ledger_spend(&ledger, i, begin, true);
    tap_ok(choose_above(&ledger, -9, &step) == FOB_E_SPENT,
           "and the budget is one for all codes");
}

static void test_budget(void)
{
    struct fob_ledger ledger = {0};
    uint64_t step;
    uint32_t wait_s;

    for (int i = 0; i < FOB_LEDGER_BUDGET; i++)
        fob_ledger_spend(&ledger, (uint64_t)i, begin + i, true);
    tap_ok(fob_ledger_choose(&ledger, begin + 100, PERIOD_S, &step, &wait_s) ==
                   FOB_E_SPENT &&
               wait_s == 80,
           "the budget of a window is kept, and its end told");
    tap_ok(fob_ledger_choose(&ledger, begin + 180, PERIOD_S, &step, &wait_s) ==
               FOB_OK,
           "the next window has its own");
    tap_ok(fob_ledger_choose(&ledger, begin - 1, PERIOD_S, &step, &wait_s) ==
               FOB_OK,
           "and so had the one before");
}

static void test_not_checked(void)
{
    struct fob_ledger ledger = {0};

    for (uint64_t i = 0; i < 20; i++)
        fob_ledger_spend(&ledger, i, begin, false);
    tap_ok(fob_ledger_checks_in_window(&ledger, begin) == 0,
           "codes given to a person are no verifications");
    tap_ok(fob_ledger_is_spent(&ledger, 19) &&
               !fob_ledger_is_spent(&ledger, 20),
           "but spent");
}

static void test_forgets_the_oldest(void)
{
    struct fob_ledger ledger = {0};

    for (uint64_t i = 0; i < FOB_LEDGER_STEPS + 10; i++)
        fob_ledger_spend(&ledger, i, begin + (int64_t)i, true);
    tap_ok(ledger.step_count == FOB_LEDGER_STEPS &&
               ledger.check_count == FOB_LEDGER_CHECKS,
           "the ledger has an end");
    tap_ok(!fob_ledger_is_spent(&ledger, 9) && fob_ledger_is_spent(&ledger, 10),
           "and forget the oldest first");
}

static enum fob_status decode(struct fob_ledger *ledger, const void *data,
                              size_t len)
{
    uint8_t *exact = malloc(len == 0 ? 1 : len);
    enum fob_status status;

    memcpy(exact, data, len);
    status = fob_ledger_decode(ledger, exact, len);
    free(exact);
    return status;
}

static void test_file(void)
{
    struct fob_ledger ledger = {0}, back;
    uint8_t data[FOB_LEDGER_MAX];
    bool all_refused = true;
    size_t len;

    for (uint64_t i = 0; i < FOB_LEDGER_STEPS; i++)
        fob_ledger_spend(&ledger, i << 40, begin + (int64_t)i, true);
    len = fob_ledger_encode(&ledger, data);
    tap_ok(decode(&back, data, len) == FOB_OK &&
               memcmp(&back, &ledger, sizeof(back)) == 0,
           "a full ledger comes back");
    for (size_t cut = 0; cut < len; cut++)
        all_refused &= decode(&back, data, cut) == FOB_E_DAMAGED;
    tap_ok(all_refused, "cut ones are damaged, at every length");
    data[5] = FOB_LEDGER_STEPS + 1;
    tap_ok(decode(&back, data, len) == FOB_E_DAMAGED && back.step_count == 0,
           "a count over the end is damaged");
}

int main(void)
{
    test_order();
    test_above_mark();
    test_budget();
    test_not_checked();
    test_forgets_the_oldest();
    test_file();
    return tap_done();
}
