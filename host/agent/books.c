/* SPDX-License-Identifier: MIT */
#include "host/agent/books.h"

#include "host/base/file.h"
#include "host/base/text.h"
#include "src/sha256.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A serial may hold slashes and be long, so its digest names the file. */
static enum fob_status find_path(struct books *books, const char *serial,
                                 struct fob_error *error)
{
    uint8_t digest[FOB_SHA256_LEN];
    char hex[2 * sizeof(digest) + 1];
    char state[FOB_PATH_MAX];
    struct fob_digest hash;
    enum fob_status status = fob_path_get(FOB_PATH_STATE, state, error);

    if (status != FOB_OK)
        return status;
    fob_digest_init(&hash, &fob_sha256);
    fob_digest_update(&hash, serial, strlen(serial));
    fob_digest_final(&hash, digest);
    fob_text_hex(digest, sizeof(digest), hex);
    if (fob_text_format(books->path, sizeof(books->path), "%s/devices",
                        state) != FOB_OK)
        return fob_error_set(error, FOB_E_FAILED, "the path %s is too long",
                             state);
    status = fob_file_private_folder(books->path, error);
    if (status == FOB_OK &&
        fob_text_format(books->path, sizeof(books->path), "%s/devices/%s",
                        state, hex) != FOB_OK)
        status = fob_error_set(error, FOB_E_FAILED, "the path %s is too long",
                               state);
    return status;
}

static enum fob_status lock(struct books *books, int wait_ms,
                            struct fob_error *error)
{
    char path[FOB_PATH_MAX];

    if (fob_text_format(path, sizeof(path), "%s.lock", books->path) != FOB_OK)
        return fob_error_set(error, FOB_E_FAILED, "the path %s is too long",
                             books->path);
    return fob_file_lock(path, wait_ms, &books->lock, error);
}

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
    status = find_path(books, serial, error);
    if (status == FOB_OK)
        status = lock(books, wait_ms, error);
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
