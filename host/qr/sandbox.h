/* SPDX-License-Identifier: MIT */
/* The walls around the image libraries. */
#ifndef FOB_HOST_QR_SANDBOX_H
#define FOB_HOST_QR_SANDBOX_H

#include "host/sandbox/sandbox.h"

/* What is left is to read stdin, to compute within half a GiB and 10 s of CPU,
 * and to write stdout and stderr; any other system call ends the process. */
extern const struct fob_sandbox qr_sandbox;

#endif
