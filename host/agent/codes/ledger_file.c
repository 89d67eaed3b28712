/* SPDX-License-Identifier: MIT */
#include "host/agent/codes/ledger_file.h"

#include "host/agent/state/state_file.h"
#include "host/agent/state/state_lock.h"
#include "host/base/file.h"

#include <unistd.h>

static enum fob_status read_ledger(struct ledger_file *file,
                                   struct fob_error *error)
{
    struct fob_secret content = {0};
    enum fob_status status =
        fob_file_read(file->path, FOB_LEDGER_MAX, &content, error);

    if (status == FOB_E_NOT_FOUND)
        return FOB_OK;
    if (status == FOB_OK &&
        fob_ledger_decode(&file->ledger, content.data, content.len) != FOB_OK) {
        status = fob_error_set(error, FOB_E_DAMAGED,
                               "the record of used codes is damaged: %s",
                               file->path);
        fob_error_hint(error, "wait 3 minutes, then rm %s", file->path);
    }
    fob_secret_free(&content);
    return status;
}

/* Nothing is held after a fault. */
static enum fob_status read_held(struct ledger_file *file,
                                 enum fob_status status,
                                 struct fob_error *error)
{
    if (status == FOB_OK)
        status = read_ledger(file, error);
    if (status != FOB_OK)
        ledger_file_close(file);
    return status;
}

enum fob_status ledger_file_open(struct ledger_file *file, const char *serial,
                                 int wait_ms, struct fob_error *error)
{
    enum fob_status status;

    *file = (struct ledger_file){.lock = -1};
    status = state_file_make("devices", serial, file->path, error);
    if (status == FOB_OK)
        status = state_file_lock(file->path, wait_ms, &file->lock, error);
    return read_held(file, status, error);
}

enum fob_status ledger_file_wait(struct ledger_file *file, const char *serial,
                                 struct fob_request *request)
{
    struct fob_error *error = &request->error;
    enum fob_status status;

    *file = (struct ledger_file){.lock = -1};
    status = state_file_make("devices", serial, file->path, error);
    if (status == FOB_OK)
        status = state_lock_wait(request, file->path, &file->lock);
    return read_held(file, status, error);
}

enum fob_status ledger_file_save(struct ledger_file *file,
                                 struct fob_error *error)
{
    const struct fob_file_options options = {.mode = 0600};
    uint8_t data[FOB_LEDGER_MAX];
    size_t len = fob_ledger_encode(&file->ledger, data);

    return fob_file_replace(file->path, data, len, &options, error);
}

void ledger_file_close(struct ledger_file *file)
{
    if (file->lock >= 0)
        close(file->lock);
    *file = (struct ledger_file){.lock = -1};
}
