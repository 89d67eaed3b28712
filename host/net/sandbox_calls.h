/* SPDX-License-Identifier: MIT */
/* The system calls of fob-net, for sandbox.c. */
#ifndef FOB_HOST_NET_SANDBOX_CALLS_H
#define FOB_HOST_NET_SANDBOX_CALLS_H

#include "host/sandbox/filter.h"

extern const struct fob_filter net_client_filter;
extern const struct fob_filter net_server_filter;

#endif
