/* SPDX-License-Identifier: MIT */
#include "host/agent/state/state_lock.h"

#include "host/agent/state/state_file.h"

enum { SLICE_MS = 250 };

enum fob_status state_lock_wait(struct fob_request *request, const char *path,
                                int *lock)
{
    struct fob_error *error = &request->error;
    enum fob_status status = state_file_lock(path, 0, lock, error);

    if (status != FOB_E_BUSY)
        return status;
    request_progress(request, "waiting for another fob to finish");
    do {
        fob_error_clear(error);
        status = request_wait(request, 0);
        if (status == FOB_OK)
            status = state_file_lock(path, SLICE_MS, lock, error);
    } while (status == FOB_E_BUSY);
    return status;
}
