/* SPDX-License-Identifier: MIT */
#include "host/agent/codes/code_wait.h"

#include "host/base/monotonic.h"

/* AWS's clock is known to the second: a code that is waited for must not come
 * before its time there. */
enum { CLOCK_MARGIN_S = 1, TYPING_MS = 10 * 1000 };

enum fob_status code_wait_turn(struct fob_request *request, const char *serial,
                               bool is_brief, struct ledger_file *file)
{
    enum fob_status status;

    if (!is_brief)
        return ledger_file_wait(file, serial, request);
    status = ledger_file_open(file, serial, TYPING_MS, &request->error);
    if (status != FOB_E_BUSY)
        return status;
    fob_error_set(
        &request->error, FOB_E_NOBODY,
        "a code of %s is being asked for elsewhere, and nobody can be "
        "asked here",
        serial);
    fob_error_hint(&request->error, "run it again when that has been typed");
    return FOB_E_NOBODY;
}

enum fob_status code_wait_unused(struct fob_request *request, uint32_t wait_s)
{
    int64_t end_ms =
        fob_monotonic_ms() + ((int64_t)wait_s + CLOCK_MARGIN_S) * 1000;
    int64_t now_ms;
    enum fob_status status = FOB_OK;

    while (status == FOB_OK && (now_ms = fob_monotonic_ms()) < end_ms) {
        int64_t left_s = (end_ms - now_ms + 999) / 1000;

        request_progress(request, "waiting %u s for an unused code",
                         (unsigned)left_s);
        status =
            request_wait(request, (int)(end_ms - now_ms - (left_s - 1) * 1000));
    }
    return status;
}
