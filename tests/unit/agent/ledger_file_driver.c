/* SPDX-License-Identifier: MIT */
/*
 * An agent as far as a device's ledger goes, for tests/model/ledger_test.py,
 * over lines; FOB_HOME says where they are:
 *             -> ready, once
 *   mint NOW  -> step STEP, and the device is held until
 *   sent      -> free
 *             -> or spent WAIT, and nothing is held
 */
#include "host/agent/codes/ledger_file.h"
#include "host/base/secret.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PERIOD_S = 30 };

static struct ledger_file file = {.lock = -1};

static void must(enum fob_status status, const struct fob_error *error)
{
    if (status == FOB_OK)
        return;
    printf("fault %s\n", error->text);
    exit(1);
}

/* As host/agent/mint/mfa_call.c does: entered and on disk before it leaves. */
static void mint(int64_t now_s)
{
    struct fob_error error = {0};
    uint64_t step;
    uint32_t wait_s;

    must(ledger_file_open(&file, "arn:aws:iam::111122223333:mfa/phone", -1,
                          &error),
         &error);
    if (fob_ledger_choose(&file.ledger, now_s, PERIOD_S, &step, &wait_s) !=
        FOB_OK) {
        ledger_file_close(&file);
        printf("spent %" PRIu32 "\n", wait_s);
        return;
    }
    fob_ledger_spend(&file.ledger, step, now_s, true);
    must(ledger_file_save(&file, &error), &error);
    printf("step %" PRIu64 "\n", step);
}

int main(void)
{
    char line[128];
    int64_t now_s;

    if (fob_secret_start() != FOB_OK)
        return 1;
    puts("ready");
    fflush(stdout);
    while (fgets(line, sizeof(line), stdin) != NULL) {
        if (sscanf(line, "mint %" SCNd64, &now_s) == 1) {
            mint(now_s);
        } else if (strcmp(line, "sent\n") == 0) {
            ledger_file_close(&file);
            printf("free\n");
        }
        fflush(stdout);
    }
    return 0;
}
