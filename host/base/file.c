/* SPDX-License-Identifier: MIT */
#include "host/base/file.h"

#include "host/base/monotonic.h"
#include "host/base/path.h"
#include "host/base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { LOCK_LOOK_MS = 10, FILE_LONG = 1024 /* bytes */ };

/* Every folder on the way to `path`, and it; those there are left alone. */
static enum fob_status folder_make(const char *path, struct fob_error *error)
{
    char part[FOB_PATH_MAX];
    enum fob_status status = fob_text_copy(part, sizeof(part), path);

    if (status != FOB_OK)
        return fob_error_set(error, FOB_E_FAILED, "a path is too long");
    for (char *at = part + 1;; at++) {
        char was = *at;
        if (was != '/' && was != '\0')
            continue;
        *at = '\0';
        /* EEXIST comes before EROFS and EACCES only on some systems. */
        if (mkdir(part, 0700) != 0) {
            int why = errno;

            if (access(part, F_OK) != 0) {
                errno = why;
                return fob_error_errno(error, FOB_E_FAILED,
                                       "cannot make the folder %s", part);
            }
        }
        if (was == '\0')
            return FOB_OK;
        *at = was;
    }
}

enum fob_status fob_file_private_folder(const char *path,
                                        struct fob_error *error)
{
    struct stat st;

    if (folder_make(path, error) != FOB_OK)
        return error->status;
    if (stat(path, &st) != 0)
        return fob_error_errno(error, FOB_E_FAILED, "cannot use %s", path);
    if (!S_ISDIR(st.st_mode))
        return fob_error_set(error, FOB_E_FAILED, "%s is not a folder", path);
    if (st.st_uid != geteuid())
        return fob_file_refuse_owner(path, st.st_uid, error);
    if (st.st_mode & (S_IWGRP | S_IWOTH)) {
        fob_error_set(error, FOB_E_FAILED, "others may write in %s", path);
        fob_error_hint(error, "chmod go-w %s", path);
        return FOB_E_FAILED;
    }
    return FOB_OK;
}

static enum fob_status too_long(const char *path, size_t max,
                                struct fob_error *error)
{
    return fob_error_set(error, FOB_E_TOO_LONG, "%s is larger than %zu bytes",
                         path, max);
}

static enum fob_status open_fault(const char *path, struct fob_error *error)
{
    int why = errno;

    fob_error_errno(
        error, why == ENOENT || why == ENOTDIR ? FOB_E_NOT_FOUND : FOB_E_IO,
        "cannot read %s", path);
    if (why == EACCES)
        fob_error_hint(error, "see whose it is: ls -ld %s", path);
    return error->status;
}

/* O_NONBLOCK: a FIFO in the file's place must not hold us up.  What is too
 * long is told before the memory for secrets is full of it. */
static enum fob_status file_open(const char *path, size_t max, int *fd,
                                 size_t *len, struct fob_error *error)
{
    struct stat st;

    *len = 0;
    *fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (*fd < 0)
        return open_fault(path, error);
    if (fstat(*fd, &st) != 0 || !S_ISREG(st.st_mode))
        fob_error_set(error, FOB_E_IO, "%s is not a regular file", path);
    else if ((uintmax_t)st.st_size > max)
        (void)!too_long(path, max, error);
    else {
        *len = (size_t)st.st_size;
        return FOB_OK;
    }
    close(*fd);
    *fd = -1;
    return error->status;
}

enum fob_status fob_file_read(const char *path, size_t max,
                              struct fob_secret *content,
                              struct fob_error *error)
{
    return fob_file_read_trusted(path, max, FOB_FILE_ANYBODYS, content, error);
}

enum fob_status fob_file_read_trusted(const char *path, size_t max,
                                      enum fob_file_trust wanted,
                                      struct fob_secret *content,
                                      struct fob_error *error)
{
    enum fob_status status = FOB_OK;
    size_t len;
    int fd, why;

    if (file_open(path, max, &fd, &len, error) != FOB_OK)
        return error->status;
    if (fob_file_check_trust(fd, path, wanted, error) != FOB_OK) {
        close(fd);
        return error->status;
    }
    /* Room for all, and to see the end: what is long is not to be moved. */
    if (len >= FILE_LONG)
        status = fob_secret_alloc(content, len + 1);
    if (status == FOB_OK)
        status = fob_secret_read(content, fd, max);
    why = errno;
    close(fd);
    errno = why;
    if (status == FOB_E_TOO_LONG)
        return too_long(path, max, error);
    if (status == FOB_E_NO_MEMORY)
        return fob_error_no_memory(error);
    if (status != FOB_OK)
        return fob_error_errno(error, status, "cannot read %s", path);
    return FOB_OK;
}

enum fob_status fob_file_fault(const char *path, struct fob_error *error)
{
    int why = errno;

    fob_error_errno(error, FOB_E_IO, "cannot write %s", path);
    if (why == ENOSPC || why == EDQUOT)
        fob_error_hint(error, "free some space, then run the command again");
    else if (why == EROFS || why == EACCES || why == EPERM)
        fob_error_hint(error, "make its folder writable, then run the command "
                              "again");
    return FOB_E_IO;
}

/* flock(2) has no time limit of its own, so a limited wait looks again and
 * again. */
static enum fob_status lock_take(int fd, int wait_ms)
{
    const struct timespec look = {0, LOCK_LOOK_MS * 1000000};
    const int64_t end_ms = fob_monotonic_ms() + wait_ms;
    const int how = wait_ms < 0 ? LOCK_EX : LOCK_EX | LOCK_NB;

    while (flock(fd, how) != 0) {
        if (errno == EINTR)
            continue;
        if (errno != EWOULDBLOCK)
            return FOB_E_IO;
        if (fob_monotonic_ms() >= end_ms)
            return FOB_E_BUSY;
        nanosleep(&look, NULL);
    }
    return FOB_OK;
}

enum fob_status fob_file_lock(const char *path, int wait_ms, int *fd,
                              struct fob_error *error)
{
    enum fob_status status;

    *fd =
        open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, 0600);
    if (*fd < 0)
        return fob_file_fault(path, error);
    status = lock_take(*fd, wait_ms);
    if (status == FOB_OK)
        return FOB_OK;
    if (status == FOB_E_BUSY) {
        fob_error_set(error, status, "another program holds %s", path);
        fob_error_hint(error, "wait for it to end, then run the command again");
    } else {
        fob_file_fault(path, error);
    }
    close(*fd);
    *fd = -1;
    return status;
}

/* A socket whose peer left must not kill us by SIGPIPE. */
static ssize_t file_write_some(int fd, const void *data, size_t len)
{
    ssize_t sent = send(fd, data, len, MSG_NOSIGNAL);

    return sent < 0 && errno == ENOTSOCK ? write(fd, data, len) : sent;
}

enum fob_status fob_file_write_all(int fd, const void *data, size_t len)
{
    const uint8_t *at = data;
    struct pollfd room = {.fd = fd, .events = POLLOUT, .revents = 0};

    while (len > 0) {
        ssize_t done = file_write_some(fd, at, len);
        if (done >= 0) {
            at += done;
            len -= (size_t)done;
        } else if (errno == EAGAIN) {
            (void)poll(&room, 1, -1);
        } else if (errno != EINTR) {
            return FOB_E_IO;
        }
    }
    return FOB_OK;
}
