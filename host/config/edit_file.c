/* SPDX-License-Identifier: MIT */
#include "host/config/edit.h"

#include "host/base/file.h"
#include "host/base/path.h"
#include "host/base/text.h"

#include <string.h>
#include <unistd.h>

enum { EDIT_WAIT_MS = 10000 };

/* One fob at a time, so that none writes over what another has just done. */
static enum fob_status edit_lock(int *fd, struct fob_error *error)
{
    char state[FOB_PATH_MAX];
    char lock[FOB_PATH_MAX];
    enum fob_status status = fob_path_get(FOB_PATH_STATE, state, error);

    if (status == FOB_OK)
        status = fob_file_private_folder(state, error);
    if (status != FOB_OK)
        return status;
    status = fob_text_format(lock, sizeof(lock), "%s/config.lock", state);
    if (status != FOB_OK)
        return fob_error_set(error, status, "the path of %s is too long",
                             state);
    return fob_file_lock(lock, EDIT_WAIT_MS, fd, error);
}

/* ~/.aws may be missing; one that is there is left as it is. */
static enum fob_status edit_make_folder(const char *path,
                                        struct fob_error *error)
{
    char folder[FOB_PATH_MAX];
    const char *slash = strrchr(path, '/');

    if (slash == NULL || slash == path)
        return FOB_OK;
    if (fob_text_format(folder, sizeof(folder), "%.*s", (int)(slash - path),
                        path) != FOB_OK)
        return fob_error_set(error, FOB_E_TOO_LONG, "a path is too long");
    if (access(folder, F_OK) == 0)
        return FOB_OK;
    return fob_file_private_folder(folder, error);
}

static enum fob_status edit_read(const char *path, struct fob_secret *text,
                                 struct fob_error *error)
{
    enum fob_status status = fob_file_read(path, FOB_CONFIG_MAX, text, error);

    if (status != FOB_E_NOT_FOUND)
        return status;
    fob_error_clear(error);
    return edit_make_folder(path, error);
}

static bool edit_is_same(const struct fob_secret *a, const struct fob_secret *b)
{
    return a->len == b->len &&
           (a->len == 0 || memcmp(a->data, b->data, a->len) == 0);
}

/* Each edit of what the one before has made, in memory. */
static enum fob_status edit_text_all(const struct fob_secret *text,
                                     const struct fob_edit *edits, size_t count,
                                     const char *path,
                                     struct fob_secret *result,
                                     struct fob_error *error)
{
    enum fob_status status = fob_edit_text(text, edits, path, result, error);

    for (size_t i = 1; status == FOB_OK && i < count; i++) {
        struct fob_secret before = *result;

        *result = (struct fob_secret){0};
        status = fob_edit_text(&before, &edits[i], path, result, error);
        fob_secret_free(&before);
    }
    return status;
}

enum fob_status fob_edit_file_all(const char *path,
                                  const struct fob_edit *edits, size_t count,
                                  struct fob_error *error)
{
    const struct fob_file_options options = {.mode = 0600, .keep_mode = true};
    struct fob_secret text = {0};
    struct fob_secret result = {0};
    int lock = -1;
    enum fob_status status = edit_lock(&lock, error);

    if (status != FOB_OK)
        return status;
    status = edit_read(path, &text, error);
    if (status == FOB_OK)
        status = edit_text_all(&text, edits, count, path, &result, error);
    if (status == FOB_OK && !edit_is_same(&text, &result))
        status =
            fob_file_replace(path, result.data, result.len, &options, error);
    fob_secret_free(&text);
    fob_secret_free(&result);
    close(lock);
    return status;
}

enum fob_status fob_edit_file(const char *path, const struct fob_edit *edit,
                              struct fob_error *error)
{
    return fob_edit_file_all(path, edit, 1, error);
}
