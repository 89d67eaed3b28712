/* SPDX-License-Identifier: MIT */
/* Whether a file is still what it was: what was made of it may then be kept. */
#ifndef FOB_HOST_BASE_FILE_IDENTITY_H
#define FOB_HOST_BASE_FILE_IDENTITY_H

#include <stdbool.h>
#include <sys/types.h>
#include <time.h>

struct fob_file_identity {
    dev_t device;
    ino_t inode;
    off_t size;
    struct timespec content, status; /* when they were changed last */
};

/* Of the regular file `path` as it is now; false when it is none. */
bool fob_file_identify(const char *path, struct fob_file_identity *identity);

bool fob_file_identity_is_same(const struct fob_file_identity *a,
                               const struct fob_file_identity *b);

/* Whether every later change will show: one in the same tick of the file
 * system's clock as the last would not. */
bool fob_file_identity_is_settled(const struct fob_file_identity *identity);

#endif
