/* SPDX-License-Identifier: MIT */
#include "host/agent/state/state_file.h"

#include "host/base/file.h"
#include "host/base/text.h"
#include "src/sha256.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>

static const char lock_end[] = ".lock";

static enum fob_status too_long(const char *path, struct fob_error *error)
{
    return fob_error_set(error, FOB_E_FAILED, "the path %s is too long", path);
}

enum fob_status state_file_folder(const char *folder,
                                  char path[static FOB_PATH_MAX],
                                  struct fob_error *error)
{
    char state[FOB_PATH_MAX];
    enum fob_status status = fob_path_get(FOB_PATH_STATE, state, error);

    if (status == FOB_OK &&
        fob_text_format(path, FOB_PATH_MAX, "%s/%s", state, folder) != FOB_OK)
        status = too_long(state, error);
    return status;
}

enum fob_status state_file_path(const char *folder, const char *name,
                                char path[static FOB_PATH_MAX],
                                struct fob_error *error)
{
    uint8_t digest[FOB_SHA256_LEN];
    char parent[FOB_PATH_MAX], hex[2 * sizeof(digest) + 1];
    struct fob_digest hash;
    enum fob_status status = state_file_folder(folder, parent, error);

    if (status != FOB_OK)
        return status;
    fob_digest_init(&hash, &fob_sha256);
    fob_digest_update(&hash, name, strlen(name));
    fob_digest_final(&hash, digest);
    fob_text_hex(digest, sizeof(digest), hex);
    if (fob_text_format(path, FOB_PATH_MAX, "%s/%s", parent, hex) != FOB_OK)
        return too_long(parent, error);
    return FOB_OK;
}

enum fob_status state_file_make(const char *folder, const char *name,
                                char path[static FOB_PATH_MAX],
                                struct fob_error *error)
{
    enum fob_status status = state_file_folder(folder, path, error);

    if (status == FOB_OK)
        status = fob_file_private_folder(path, error);
    if (status == FOB_OK)
        status = state_file_path(folder, name, path, error);
    return status;
}

enum fob_status state_file_each(const char *folder,
                                void (*visit)(void *context, const char *path),
                                void *context, struct fob_error *error)
{
    char parent[FOB_PATH_MAX], path[FOB_PATH_MAX];
    struct dirent *entry;
    DIR *files;
    enum fob_status status = state_file_folder(folder, parent, error);

    if (status != FOB_OK)
        return status;
    files = opendir(parent);
    if (files == NULL && errno == ENOENT)
        return FOB_OK;
    if (files == NULL)
        return fob_error_errno(error, FOB_E_IO, "cannot read %s", parent);
    while ((entry = readdir(files)) != NULL)
        if (entry->d_name[0] != '.' &&
            fob_text_format(path, sizeof(path), "%s/%s", parent,
                            entry->d_name) == FOB_OK)
            visit(context, path);
    closedir(files);
    return FOB_OK;
}

bool state_file_is_lock(const char *path)
{
    size_t len = strlen(path), end_len = strlen(lock_end);

    return len > end_len && strcmp(path + len - end_len, lock_end) == 0;
}

enum fob_status state_file_lock(const char *path, int wait_ms, int *lock,
                                struct fob_error *error)
{
    char name[FOB_PATH_MAX];

    if (fob_text_format(name, sizeof(name), "%s%s", path, lock_end) != FOB_OK)
        return too_long(path, error);
    return fob_file_lock(name, wait_ms, lock, error);
}
