/* SPDX-License-Identifier: MIT */
/* The walls around the image libraries. */
#ifndef FOB_HOST_QR_SANDBOX_H
#define FOB_HOST_QR_SANDBOX_H

#include "host/base/error.h"

/* Give up for good, before the first byte of hostile input is read, all that
 * reading stdin, computing, and writing stdout and stderr does not need: files
 * (Landlock, where the kernel has it), memory beyond half a GiB, more than
 * 10 s of CPU, other system calls (seccomp; one of them ends the process by
 * SIGSYS).  Any fault means that the process must not go on. */
FOB_MUST_CHECK enum fob_status fob_sandbox_enter(struct fob_error *error);

#endif
