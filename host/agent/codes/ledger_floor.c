/* SPDX-License-Identifier: MIT */
#include "host/agent/codes/ledger_floor.h"

#include "host/agent/codes/ledger_file.h"
#include "host/agent/state/device_clock.h"

#include <time.h>

enum { WAIT_MS = 2000 }; /* less than a vault's writer waits */

enum fob_status ledger_floor_raise(const char *serial, uint32_t period_s,
                                   struct fob_error *error)
{
    struct ledger_file file;
    int64_t now_s = time(NULL) + device_clock_offset_s(serial);
    uint64_t now_step = (uint64_t)now_s / period_s;
    enum fob_status status = ledger_file_open(&file, serial, WAIT_MS, error);

    if (status != FOB_OK)
        return status;
    for (uint64_t step = now_step - FOB_LEDGER_AHEAD;
         step <= now_step + FOB_LEDGER_AHEAD; step++)
        fob_ledger_spend(&file.ledger, step, now_s, false);
    status = ledger_file_save(&file, error);
    ledger_file_close(&file);
    return status;
}
