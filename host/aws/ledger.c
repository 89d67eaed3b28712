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

enum fob_status fob_ledger_choose(const struct fob_ledger *ledger,
                                  int64_t now_s, uint32_t period_s,
                                  uint64_t *step, uint32_t *wait_s)
{
    static const int order[] = {0, 1, -1, 2, -2};
    uint64_t now_step = (uint64_t)now_s / period_s;

    *step = 0;
    *wait_s = 0;
    if (fob_ledger_checks_in_window(ledger, now_s) >= FOB_LEDGER_BUDGET) {
        *wait_s = (uint32_t)(FOB_LEDGER_WINDOW_S - now_s % FOB_LEDGER_WINDOW_S);
        return FOB_E_SPENT;
    }
    for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
        uint64_t candidate = now_step + (uint64_t)(int64_t)order[i];

        if (!fob_ledger_is_spent(ledger, candidate)) {
            *step = candidate;
            return FOB_OK;
        }
    }
    *wait_s = period_s - (uint32_t)((uint64_t)now_s % period_s);
    return FOB_E_SPENT;
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
