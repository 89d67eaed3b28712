/* SPDX-License-Identifier: MIT */
/*
 * Replacing a file as one step.  The new content is written to one temporary
 * name beside the target, which is locked by its writer: a second writer
 * waits for it, and one that a killed writer left is emptied and used again.
 */
#include "host/base/file.h"

#include "host/base/path.h"
#include "host/base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WRITER_WAIT_MS = 10000 };

struct replacement {
    const struct fob_file_options *options;
    char target[FOB_PATH_MAX]; /* with symbolic links followed if wanted */
    char fresh[FOB_PATH_MAX];  /* the temporary file */
    char folder[FOB_PATH_MAX];
    struct stat old;
    bool had_old;
    int fd; /* of `fresh`, locked; -1 while there is none */
};

/* "FOLDER/NAME" to "FOLDER" and "FOLDER/.NAME.new". */
static enum fob_status replace_names(struct replacement *r)
{
    const char *slash = strrchr(r->target, '/');
    const char *name = slash != NULL ? slash + 1 : r->target;
    int folder_len = slash != NULL ? (int)(slash - r->target) : 1;
    enum fob_status status =
        fob_text_format(r->folder, sizeof(r->folder), "%.*s", folder_len,
                        slash != NULL ? r->target : ".");

    if (status == FOB_OK && folder_len == 0)
        status = fob_text_format(r->folder, sizeof(r->folder), "/");
    if (status == FOB_OK)
        status = fob_text_format(r->fresh, sizeof(r->fresh), "%s/.%s.new",
                                 r->folder, name);
    return status;
}

static enum fob_status replace_follow(struct replacement *r, const char *path)
{
    char *real = realpath(path, NULL);
    enum fob_status status;

    if (real == NULL) {
        if (errno != ENOENT || lstat(path, &r->old) == 0)
            return FOB_E_IO; /* a link to nowhere is not ours to fill */
        return fob_text_copy(r->target, sizeof(r->target), path);
    }
    status = fob_text_copy(r->target, sizeof(r->target), real);
    free(real);
    return status;
}

static enum fob_status replace_aim(struct replacement *r, const char *path,
                                   struct fob_error *error)
{
    enum fob_status status =
        r->options->keep_mode
            ? replace_follow(r, path)
            : fob_text_copy(r->target, sizeof(r->target), path);

    if (status == FOB_OK)
        status = replace_names(r);
    if (status == FOB_E_TOO_LONG)
        return fob_error_set(error, FOB_E_FAILED, "a path is too long");
    if (status != FOB_OK)
        return fob_file_fault(path, error);
    r->had_old = lstat(r->target, &r->old) == 0;
    if (!r->had_old && errno != ENOENT)
        return fob_file_fault(path, error);
    return FOB_OK;
}

/* Whether the file locked is still the one under the temporary name: its
 * last holder may have moved it into place while we waited. */
static bool replace_still_fresh(const struct replacement *r)
{
    struct stat locked, named;

    return fstat(r->fd, &locked) == 0 && lstat(r->fresh, &named) == 0 &&
           locked.st_ino == named.st_ino && locked.st_dev == named.st_dev;
}

static enum fob_status replace_begin(struct replacement *r,
                                     struct fob_error *error)
{
    while (fob_file_lock(r->fresh, WRITER_WAIT_MS, &r->fd, error) == FOB_OK) {
        if (replace_still_fresh(r))
            return ftruncate(r->fd, 0) == 0 ? FOB_OK : FOB_E_IO;
        close(r->fd);
        r->fd = -1;
    }
    return error->status;
}

/* The owner first: fchown takes set-id bits away. */
static enum fob_status replace_set_mode(const struct replacement *r)
{
    mode_t mode = r->options->mode;

    if (r->options->keep_mode && r->had_old) {
        mode = r->old.st_mode & 07777;
        if ((r->old.st_uid != geteuid() || r->old.st_gid != getegid()) &&
            fchown(r->fd, r->old.st_uid, r->old.st_gid) != 0)
            return FOB_E_IO;
    }
    return fchmod(r->fd, mode) == 0 ? FOB_OK : FOB_E_IO;
}

/* Link the old file to the backup's name, over an older backup.  rename(2)
 * does nothing when both names are the same file already (a killed writer's
 * work), hence the last unlink. */
static enum fob_status replace_backup(const struct replacement *r)
{
    char name[FOB_PATH_MAX];

    if (r->options->backup == NULL || !r->had_old)
        return FOB_OK;
    if (fob_text_format(name, sizeof(name), "%s.new", r->options->backup) !=
        FOB_OK) {
        errno = ENAMETOOLONG;
        return FOB_E_IO;
    }
    if (unlink(name) != 0 && errno != ENOENT)
        return FOB_E_IO;
    if (link(r->target, name) != 0 || rename(name, r->options->backup) != 0)
        return FOB_E_IO;
    return unlink(name) == 0 || errno == ENOENT ? FOB_OK : FOB_E_IO;
}

static enum fob_status replace_sync_folder(const struct replacement *r)
{
    int fd = open(r->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int result, why;

    if (fd < 0)
        return FOB_E_IO;
    result = fsync(fd);
    why = errno;
    close(fd);
    errno = why;
    return result == 0 ? FOB_OK : FOB_E_IO;
}

static enum fob_status replace_write(struct replacement *r, const void *data,
                                     size_t len)
{
    if (replace_set_mode(r) != FOB_OK ||
        fob_file_write_all(r->fd, data, len) != FOB_OK || fsync(r->fd) != 0 ||
        replace_backup(r) != FOB_OK || rename(r->fresh, r->target) != 0)
        return FOB_E_IO;
    return FOB_OK;
}

/* Up to the rename: a fault leaves the old file and no temporary one, unless
 * that is another writer's. */
static enum fob_status replace_try(struct replacement *r, const void *data,
                                   size_t len, const char *path,
                                   struct fob_error *error)
{
    enum fob_status status = replace_begin(r, error);

    if (status == FOB_E_BUSY)
        return status;
    if (status == FOB_OK)
        status = replace_write(r, data, len);
    if (status != FOB_OK) {
        fob_file_fault(path, error);
        unlink(r->fresh);
    }
    return status;
}

enum fob_status fob_file_replace(const char *path, const void *data, size_t len,
                                 const struct fob_file_options *options,
                                 struct fob_error *error)
{
    struct replacement r = {.options = options, .fd = -1};
    enum fob_status status = replace_aim(&r, path, error);

    if (status == FOB_OK)
        status = replace_try(&r, data, len, path, error);
    if (status == FOB_OK && replace_sync_folder(&r) != FOB_OK)
        status = fob_file_fault(path, error);
    if (r.fd >= 0)
        close(r.fd);
    return status;
}
