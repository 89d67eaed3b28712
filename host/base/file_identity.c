/* SPDX-License-Identifier: MIT */
#include "host/base/file_identity.h"

#include <sys/stat.h>

/* The coarsest clock of a file system that people have is FAT's. */
enum { TICK_S = 2 };

bool fob_file_identify(const char *path, struct fob_file_identity *identity)
{
    struct stat info;

    if (stat(path, &info) != 0 || !S_ISREG(info.st_mode))
        return false;
    *identity = (struct fob_file_identity){.device = info.st_dev,
                                           .inode = info.st_ino,
                                           .size = info.st_size,
                                           .content = info.st_mtim,
                                           .status = info.st_ctim};
    return true;
}

static bool is_same_time(const struct timespec *a, const struct timespec *b)
{
    return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

bool fob_file_identity_is_same(const struct fob_file_identity *a,
                               const struct fob_file_identity *b)
{
    return a->device == b->device && a->inode == b->inode &&
           a->size == b->size && is_same_time(&a->content, &b->content) &&
           is_same_time(&a->status, &b->status);
}

/* A file of the future has a clock that is not to be judged by ours. */
bool fob_file_identity_is_settled(const struct fob_file_identity *identity)
{
    const time_t before = time(NULL) - TICK_S;

    return identity->content.tv_sec < before &&
           identity->status.tv_sec < before;
}
