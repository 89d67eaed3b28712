/* SPDX-License-Identifier: MIT */
/*
 * fob-net --serve: the container credentials endpoint of `fob exec --server`.
 * It listens on descriptor FEED_LISTENER_FD, hears on stdin what to answer,
 * and ends with stdin.  One thread; a caller has two seconds.
 */
#ifndef FOB_HOST_NET_SERVE_H
#define FOB_HOST_NET_SERVE_H

#include "src/status.h"

/* Serve until the feed ends: FOB_OK, or a fault of the feed's. */
FOB_MUST_CHECK enum fob_status serve_run(int feed_fd, int listener);

#endif
