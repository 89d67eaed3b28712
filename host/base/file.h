/* SPDX-License-Identifier: MIT */
/* Private files that are whole at every moment, and locks that die with their
 * holder. */
#ifndef FOB_HOST_BASE_FILE_H
#define FOB_HOST_BASE_FILE_H

#include "host/base/error.h"
#include "host/base/file_trust.h"
#include "host/base/secret.h"

#include <sys/types.h>

/* Make the folder `path` (parents too) with mode 0700.  One that is there
 * and owned by someone else, or that group or others may write in, is
 * FOB_E_FAILED, error set. */
FOB_MUST_CHECK enum fob_status fob_file_private_folder(const char *path,
                                                       struct fob_error *error);

/* The whole regular file `path`, at most `max` bytes, into the empty
 * `content`.  FOB_E_NOT_FOUND when it is not there. */
FOB_MUST_CHECK enum fob_status fob_file_read(const char *path, size_t max,
                                             struct fob_secret *content,
                                             struct fob_error *error);

/* The same of a file that must be as `wanted`. */
FOB_MUST_CHECK enum fob_status
fob_file_read_trusted(const char *path, size_t max, enum fob_file_trust wanted,
                      struct fob_secret *content, struct fob_error *error);

/* What a replacement keeps. */
struct fob_file_options {
    mode_t mode;        /* of a new file; an existing one keeps its own when
                           keep_mode */
    bool keep_mode;     /* mode and owner of the file replaced are kept, and
                           a symbolic link is followed, not replaced */
    const char *backup; /* path where the old content is kept, or NULL */
};

/* Replace `path` by `len` bytes: temporary file in the same folder, write,
 * fsync, (link the old one as backup,) rename, fsync folder.  A kill at any
 * step leaves the old or the new file whole; the temporary file of a killed
 * writer is used up by the next one.  Writers of one `path` take turns, but
 * whoever reads before writing needs fob_file_lock around both.  FOB_E_IO,
 * error set: the old file stands, unless the last fsync of the folder failed.
 */
FOB_MUST_CHECK enum fob_status
fob_file_replace(const char *path, const void *data, size_t len,
                 const struct fob_file_options *options,
                 struct fob_error *error);

/* An exclusive flock on `path` (made if missing, 0600), waiting at most
 * `wait_ms` (-1: for ever, 0: not at all); the descriptor to close for its
 * release.  FOB_E_BUSY when the time is over. */
FOB_MUST_CHECK enum fob_status fob_file_lock(const char *path, int wait_ms,
                                             int *fd, struct fob_error *error);

/* Word by errno why `path` could not be written, with the next step where
 * there is one; FOB_E_IO. */
enum fob_status fob_file_fault(const char *path, struct fob_error *error);

/* write(2) until all is out or a fault; no SIGPIPE is raised by sockets. */
FOB_MUST_CHECK enum fob_status fob_file_write_all(int fd, const void *data,
                                                  size_t len);

#endif
