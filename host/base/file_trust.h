/* SPDX-License-Identifier: MIT */
/* Whether a file is its owner's alone, as far as its owner and mode say. */
#ifndef FOB_HOST_BASE_FILE_TRUST_H
#define FOB_HOST_BASE_FILE_TRUST_H

#include "host/base/error.h"

#include <sys/types.h>

enum fob_file_trust {
    FOB_FILE_ANYBODYS,  /* nothing is asked of it */
    FOB_FILE_COMMANDS,  /* nobody else may write it, but one's primary group:
                           a umask of 002 is for groups of one */
    FOB_FILE_UNCHANGED, /* nobody else may write it */
    FOB_FILE_UNSEEN,    /* nor read it: a secret that stays */
    FOB_FILE_UNREACHED, /* nor read it, or its folder keeps others out: a
                           secret for one run, under whatever umask it was */
};

/*
 * Refuse the open file `fd`, known as `path`, unless it is as `wanted`, error
 * set: FOB_E_UNSUPPORTED for one that others may write, FOB_E_LOCKED for a
 * secret.  The hint is a chmod if that is the user's to run and of any use.
 *
 * Let through are what is no regular file (a pipe, a device) or has no name
 * (a memfd, a deleted file): they are whoever's opened them.  So is whatever
 * stands on a read-only mount: there nobody can write, and owner and mode are
 * what a container's runtime or systemd chose for a secret it hands over
 * (0444 of root, or of a user of another machine).  A file of root's may be
 * read by a group, as libpq has it.
 */
FOB_MUST_CHECK enum fob_status fob_file_check_trust(int fd, const char *path,
                                                    enum fob_file_trust wanted,
                                                    struct fob_error *error);

/* Word that `path`, where fob keeps its own, is the user `owner`'s,
 * FOB_E_FAILED: most often it is root by sudo, in somebody's HOME. */
enum fob_status fob_file_refuse_owner(const char *path, uid_t owner,
                                      struct fob_error *error);

#endif
