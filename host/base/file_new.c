/* SPDX-License-Identifier: MIT */
#include "host/base/file_new.h"

#include "host/base/file.h"
#include "host/base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum fob_status fault_exists(const char *path, struct fob_error *error)
{
    fob_error_set(error, FOB_E_EXISTS, "%s is there already", path);
    fob_error_hint(error, "name another file");
    return FOB_E_EXISTS;
}

enum fob_status fob_file_new_check(const char *path, struct fob_error *error)
{
    struct stat info;

    if (lstat(path, &info) == 0)
        return fault_exists(path, error);
    return errno == ENOENT ? FOB_OK : fob_file_fault(path, error);
}

/* "FOLDER/NAME" to "FOLDER" and "FOLDER/.NAME.new". */
static enum fob_status make_names(struct fob_file_new *file, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    int folder_len = slash != NULL ? (int)(slash + 1 - path) : 2;
    enum fob_status status =
        fob_text_copy(file->path, sizeof(file->path), path);

    if (status == FOB_OK)
        status = fob_text_format(file->folder, sizeof(file->folder), "%.*s",
                                 folder_len, slash != NULL ? path : "./");
    if (status == FOB_OK)
        status = fob_text_format(file->fresh, sizeof(file->fresh), "%s.%s.new",
                                 file->folder, name);
    return status;
}

/* Whether what is locked still has the temporary name: who had it may have
 * given it the other one. */
static bool is_still_fresh(const struct fob_file_new *file)
{
    struct stat locked, named;

    return fstat(file->fd, &locked) == 0 && lstat(file->fresh, &named) == 0 &&
           locked.st_ino == named.st_ino && locked.st_dev == named.st_dev;
}

/* A file system without modes (a stick's FAT) has the one of its mount. */
static enum fob_status fill_file(struct fob_file_new *file, const void *data,
                                 size_t len)
{
    if (ftruncate(file->fd, 0) != 0 ||
        (fchmod(file->fd, 0600) != 0 && errno != EPERM) ||
        fob_file_write_all(file->fd, data, len) != FOB_OK ||
        fsync(file->fd) != 0)
        return FOB_E_IO;
    return FOB_OK;
}

enum fob_status fob_file_new_write(struct fob_file_new *file, const char *path,
                                   const void *data, size_t len,
                                   struct fob_error *error)
{
    enum fob_status status = fob_file_new_check(path, error);

    *file = (struct fob_file_new){.fd = -1};
    if (status != FOB_OK)
        return status;
    if (make_names(file, path) != FOB_OK)
        return fob_error_set(error, FOB_E_FAILED, "a path is too long");
    status = fob_file_lock(file->fresh, 0, &file->fd, error);
    if (status != FOB_OK)
        return status == FOB_E_BUSY ? status : fob_file_fault(path, error);
    file->is_written = is_still_fresh(file);
    if (!file->is_written)
        return fault_exists(path, error);
    status = fill_file(file, data, len);
    if (status != FOB_OK)
        fob_file_fault(path, error);
    return status;
}

/* In one step that takes the place of nothing, as far as the file system has
 * such a step. */
static int take_name(const struct fob_file_new *file)
{
    if (renameat2(AT_FDCWD, file->fresh, AT_FDCWD, file->path,
                  RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return -1;
    if (link(file->fresh, file->path) == 0)
        return unlink(file->fresh);
    if (errno != EPERM && errno != EOPNOTSUPP)
        return -1;
    if (access(file->path, F_OK) == 0) {
        errno = EEXIST;
        return -1;
    }
    return rename(file->fresh, file->path);
}

static enum fob_status sync_folder(const struct fob_file_new *file)
{
    int fd = open(file->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int result = fd < 0 ? -1 : fsync(fd);

    if (fd >= 0)
        close(fd);
    /* Some file systems have no such thing. */
    return result == 0 || errno == EINVAL ? FOB_OK : FOB_E_IO;
}

enum fob_status fob_file_new_place(struct fob_file_new *file,
                                   struct fob_error *error)
{
    if (take_name(file) != 0)
        return errno == EEXIST ? fault_exists(file->path, error)
                               : fob_file_fault(file->path, error);
    file->is_written = false;
    if (sync_folder(file) == FOB_OK)
        return FOB_OK;
    fob_file_fault(file->path, error);
    unlink(file->path);
    return error->status;
}

void fob_file_new_end(struct fob_file_new *file)
{
    if (file->fresh[0] == '\0')
        return;
    if (file->is_written)
        unlink(file->fresh);
    if (file->fd >= 0)
        close(file->fd);
    *file = (struct fob_file_new){0};
}
