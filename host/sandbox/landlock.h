/* SPDX-License-Identifier: MIT */
/* Landlock: which files and TCP ports are left to this process. */
#ifndef FOB_HOST_SANDBOX_LANDLOCK_H
#define FOB_HOST_SANDBOX_LANDLOCK_H

#include "src/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A file, or a folder and all below it; links lead to what they mean now. */
struct fob_landlock_path {
    const char *path;
    bool is_device; /* may be written, and takes ioctl; otherwise read only */
};

struct fob_landlock {
    const struct fob_landlock_path *paths;
    size_t path_count;
    const uint16_t *ports; /* of TCP, to connect to */
    size_t port_count;
};

/* The kernel's version of Landlock's interface; 0 where it has none, has it
 * turned off, or a container keeps it back. */
int fob_landlock_version(void);

/* Deny this process every access that the kernel's Landlock can deny, but for
 * `left`; a path that is not there is left out.  TCP is bounded from version 4
 * on.  FOB_E_UNSUPPORTED where there is no Landlock. */
FOB_MUST_CHECK enum fob_status
fob_landlock_restrict(const struct fob_landlock *left);

#endif
