/* SPDX-License-Identifier: MIT */
/* A file that is new and whole, or not there: for what is made once and must
 * not take the place of anything. */
#ifndef FOB_HOST_BASE_FILE_NEW_H
#define FOB_HOST_BASE_FILE_NEW_H

#include "host/base/error.h"
#include "host/base/path.h"

#include <stdbool.h>
#include <stddef.h>

/* Written and not yet under its name; zeroed while empty. */
struct fob_file_new {
    char path[FOB_PATH_MAX];
    char fresh[FOB_PATH_MAX]; /* the temporary file beside it */
    char folder[FOB_PATH_MAX];
    int fd; /* of `fresh`, locked */
    bool is_written;
};

/* FOB_E_EXISTS, error set, when there is something at `path`. */
FOB_MUST_CHECK enum fob_status fob_file_new_check(const char *path,
                                                  struct fob_error *error);

/* Write `len` bytes, mode 0600, to a temporary file beside `path`, and have
 * them on disk; what a killed writer left is used up.  FOB_E_EXISTS as above;
 * FOB_E_BUSY when another writes the same; FOB_E_IO, with nothing left. */
FOB_MUST_CHECK enum fob_status fob_file_new_write(struct fob_file_new *file,
                                                  const char *path,
                                                  const void *data, size_t len,
                                                  struct fob_error *error);

/* Give it its name: FOB_E_EXISTS when something has that by now; FOB_E_IO, with
 * nothing left, when it may not last. */
FOB_MUST_CHECK enum fob_status fob_file_new_place(struct fob_file_new *file,
                                                  struct fob_error *error);

/* Let go, and remove what has not got its name.  Takes an empty one. */
void fob_file_new_end(struct fob_file_new *file);

#endif
