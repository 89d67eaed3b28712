/* SPDX-License-Identifier: MIT */
/*
 * The ledger for tests/model/ledger_test.py, over lines:
 *   choose NOW          -> step STEP | spent WAIT
 *   spend STEP NOW 0|1  -> checks COUNT
 *   store               -> stored     (encode, forget, decode)
 *   new                 -> new
 */
#include "host/aws/ledger.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PERIOD_S = 30 };

static struct fob_ledger ledger;

static void choose(int64_t now_s)
{
    uint64_t step;
    uint32_t wait_s;

    if (fob_ledger_choose(&ledger, now_s, PERIOD_S, &step, &wait_s) == FOB_OK)
        printf("step %" PRIu64 "\n", step);
    else
        printf("spent %" PRIu32 "\n", wait_s);
}

static void store(void)
{
    uint8_t data[FOB_LEDGER_MAX];
    size_t len = fob_ledger_encode(&ledger, data);

    memset(&ledger, 0xff, sizeof(ledger));
    if (fob_ledger_decode(&ledger, data, len) != FOB_OK)
        exit(1);
    printf("stored\n");
}

int main(void)
{
    char line[128];
    uint64_t step;
    int64_t now_s;
    int checked;

    while (fgets(line, sizeof(line), stdin) != NULL) {
        if (sscanf(line, "choose %" SCNd64, &now_s) == 1) {
            choose(now_s);
        } else if (sscanf(line, "spend %" SCNu64 " %" SCNd64 " %d", &step,
                          &now_s, &checked) == 3) {
            fob_ledger_spend(&ledger, step, now_s, checked != 0);
            printf("checks %u\n", fob_ledger_checks_in_window(&ledger, now_s));
        } else if (strcmp(line, "store\n") == 0) {
            store();
        } else {
            ledger = (struct fob_ledger){0};
            printf("new\n");
        }
        fflush(stdout);
    }
    return 0;
}
