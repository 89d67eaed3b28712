/* SPDX-License-Identifier: MIT */
/* The walls around what speaks with the network. */
#ifndef FOB_HOST_NET_SANDBOX_H
#define FOB_HOST_NET_SANDBOX_H

#include "host/aws/exchange.h"
#include "host/base/error.h"

/* For one exchange: what is left is stdin and stdout, IPv4 and IPv6 over TCP
 * and UDP (of TCP the ports of the URL, its proxy and DNS alone), the files of
 * the resolver and of TLS, to read, and threads.  Names are found in the hosts
 * file and by DNS: whatever else resolves them is another program's work, to be
 * reached by its socket.  FOB_E_FAILED, error set: nothing may be sent. */
FOB_MUST_CHECK enum fob_status
net_sandbox_enter(const struct fob_exchange_request *request,
                  struct fob_error *error);

/* For the endpoint's server: what is left is stdin, to read, and the callers
 * whom its listener accepts.  It opens nothing and connects nowhere. */
FOB_MUST_CHECK enum fob_status
net_sandbox_enter_server(struct fob_error *error);

#endif
