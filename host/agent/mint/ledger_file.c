/* SPDX-License-Identifier: MIT */
#include "host/agent/mint/ledger_file.h"

#include "host/agent/state/state_file.h"
#include "host/base/file.h"

#include <unistd.h>

static enum fob_status read_ledger(struct books *books, struct fob_error *error)
{
    struct fob_secret content = {0};
    enum fob_status status =
        fob_file_read(books->path, FOB_LEDGER_MAX, &content, error);

    if (status == FOB_E_NOT_FOUND)
        return FOB_OK;
    if (status == FOB_OK && fob_ledger_decode(&books->ledger, content.data,
                                              content.len) != FOB_OK) {
        status = fob_error_set(error, FOB_E_DAMAGED,
                               "the record of used codes is damaged: %s",
                               books->path);
        fob_error_hint(error, "wait 3 minutes, then rm '%s'", books->path);
    }
    fob_secret_free(&content);
    return status;
}

enum fob_status books_open(struct books *books, const char *serial, int wait_ms,
                           struct fob_error *error)
{
    enum fob_status status;

    *books = (struct books){.lock = -1};
    status = state_file_make("devices", serial, books->path, error);
    if (status == FOB_OK)
        status = state_file_lock(books->path, wait_ms, &books->lock, error);
    if (status == FOB_OK)
        status = read_ledger(books, error);
    if (status != FOB_OK)
        books_close(books);
    return status;
}

enum fob_status books_save(struct books *books, struct fob_error *error)
{
    const struct fob_file_options options = {.mode = 0600};
    uint8_t data[FOB_LEDGER_MAX];
    size_t len = fob_ledger_encode(&books->ledger, data);

    return fob_file_replace(books->path, data, len, &options, error);
}

void books_close(struct books *books)
{
    if (books->lock >= 0)
        close(books->lock);
    *books = (struct books){.lock = -1};
}
