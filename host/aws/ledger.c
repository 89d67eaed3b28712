/* SPDX-License-Identifier: MIT */
#include "host/aws/ledger.h"

#include "src/bytes.h"

#include <string.h>

static const char magic[] = {'f', 'o', 'b', 'L', 1};

bool fob_ledger_is_spent(const struct fob_ledger *ledger, uint64_t step)
{
    for (size_t i = 0; i < ledger->step_count; i++)
        if (ledger->steps[i] == step)
            return true;
    return false;
}

unsigned fob_ledger_checks_in_window(const struct fob_ledger *ledger,
                                     int64_t now_s)
{
    unsigned count = 0;

    for (size_t i = 0; i < ledger->check_count; i++)
        if (ledger->checks[i] / FOB_LEDGER_WINDOW_S ==
            now_s / FOB_LEDGER_WINDOW_S)
            count++;
    return count;
}

/* The first unused of `now_step` plus each of `order`, and not below `least`.
 */
static enum fob_status choose_step(const struct fob_ledger *ledger,
                                   uint64_t now_step, const int order[],
                                   size_t count, uint64_t least, uint64_t *step)
{
    for (size_t i = 0; i < count; i++) {
        uint64_t candidate = now_step + (uint64_t)(int64_t)order[i];

        if (candidate >= least && !fob_ledger_is_spent(ledger, candidate)) {
            *step = candidate;
            return FOB_OK;
        }
    }
    return FOB_E_SPENT;
}

/* How long until the budget or, failing that, the time opens again. */
static bool is_budget_spent(const struct fob_ledger *ledger, int64_t now_s,
                            uint32_t *wait_s)
{
    *wait_s = 0;
    if (fob_ledger_checks_in_window(ledger, now_s) < FOB_LEDGER_BUDGET)
        return false;
    *wait_s = (uint32_t)(FOB_LEDGER_WINDOW_S - now_s % FOB_LEDGER_WINDOW_S);
    return true;
}

static uint32_t until_next_step(int64_t now_s, uint32_t period_s)
{
    return period_s - (uint32_t)((uint64_t)now_s % period_s);
}

enum fob_status fob_ledger_choose(const struct fob_ledger *ledger,
                                  int64_t now_s, uint32_t period_s,
                                  uint64_t *step, uint32_t *wait_s)
{
    static const int order[] = {0, 1, -1, 2, -2};
    enum fob_status status;

    *step = 0;
    if (is_budget_spent(ledger, now_s, wait_s))
        return FOB_E_SPENT;
    status = choose_step(ledger, (uint64_t)now_s / period_s, order,
                         sizeof(order) / sizeof(order[0]), 0, step);
    if (status != FOB_OK)
        *wait_s = until_next_step(now_s, period_s);
    return status;
}

/* A mark that is far ahead is no matter of waiting: whoever asks for the code
 * of now is told. */
enum fob_status fob_ledger_choose_above(const struct fob_ledger *ledger,
                                        int64_t now_s, uint32_t period_s,
                                        uint64_t mark, uint64_t *step,
                                        uint32_t *wait_s)
{
    static const int order[] = {-1, 0, 1, 2};
    uint64_t now_step = (uint64_t)now_s / period_s;
    enum fob_status status;

    *step = 0;
    if (is_budget_spent(ledger, now_s, wait_s))
        return FOB_E_SPENT;
    if (mark > now_step + FOB_LEDGER_AHEAD) {
        *step = now_step;
        return FOB_OK;
    }
    status = choose_step(ledger, now_step, order,
                         sizeof(order) / sizeof(order[0]), mark + 1, step);
    if (status != FOB_OK)
        *wait_s = until_next_step(now_s, period_s);
    return status;
}

void fob_ledger_spend(struct fob_ledger *ledger, uint64_t step, int64_t now_s,
                      bool checked)
{
    if (!fob_ledger_is_spent(ledger, step)) {
        if (ledger->step_count == FOB_LEDGER_STEPS)
            memmove(ledger->steps, ledger->steps + 1,
                    --ledger->step_count * sizeof(ledger->steps[0]));
        ledger->steps[ledger->step_count++] = step;
    }
    if (!checked)
        return;
    if (ledger->check_count == FOB_LEDGER_CHECKS)
        memmove(ledger->checks, ledger->checks + 1,
                --ledger->check_count * sizeof(ledger->checks[0]));
    ledger->checks[ledger->check_count++] = now_s;
}

size_t fob_ledger_encode(const struct fob_ledger *ledger,
                         uint8_t data[static FOB_LEDGER_MAX])
{
    struct fob_writer writer;

    fob_writer_init(&writer, data, FOB_LEDGER_MAX);
    fob_put_bytes(&writer, magic, sizeof(magic));
    fob_put_u8(&writer, (uint8_t)ledger->step_count);
    fob_put_u8(&writer, (uint8_t)ledger->check_count);
    for (size_t i = 0; i < ledger->step_count; i++)
        fob_put_u64(&writer, ledger->steps[i]);
    for (size_t i = 0; i < ledger->check_count; i++)
        fob_put_u64(&writer, (uint64_t)ledger->checks[i]);
    return writer.len;
}

enum fob_status fob_ledger_decode(struct fob_ledger *ledger, const void *data,
                                  size_t len)
{
    struct fob_reader reader;
    const uint8_t *head;

    *ledger = (struct fob_ledger){0};
    fob_reader_init(&reader, data, len);
    head = fob_get_bytes(&reader, sizeof(magic));
    if (head == NULL || memcmp(head, magic, sizeof(magic)) != 0)
        return FOB_E_DAMAGED;
    ledger->step_count = fob_get_u8(&reader);
    ledger->check_count = fob_get_u8(&reader);
    if (ledger->step_count <= FOB_LEDGER_STEPS &&
        ledger->check_count <= FOB_LEDGER_CHECKS) {
        for (size_t i = 0; i < ledger->step_count; i++)
            ledger->steps[i] = fob_get_u64(&reader);
        for (size_t i = 0; i < ledger->check_count; i++)
            ledger->checks[i] = (int64_t)fob_get_u64(&reader);
        if (fob_reader_end(&reader) == FOB_OK)
            return FOB_OK;
    }
    *ledger = (struct fob_ledger){0};
    return FOB_E_DAMAGED;
}
