/* SPDX-License-Identifier: MIT */
/* Starting fob-agent from a command. */
#ifndef FOB_HOST_CLIENT_START_H
#define FOB_HOST_CLIENT_START_H

#include "host/base/error.h"

/* Start the shared agent with nothing of the caller's: no descriptors, no
 * terminal, no working folder, an environment of paths only.  Returns when it
 * listens, or when another one was quicker. */
FOB_MUST_CHECK enum fob_status fob_start_shared(struct fob_error *error);

/* Start an agent that serves `*fd` alone and ends with it; `*pid` is to be
 * waited for after `*fd` is closed. */
FOB_MUST_CHECK enum fob_status fob_start_private(int *fd, int *pid,
                                                 struct fob_error *error);

#endif
