/* SPDX-License-Identifier: MIT */
/* The sockets of agents, and whether one may be trusted.  Inside host/client
 * only. */
#ifndef FOB_HOST_CLIENT_CONNECT_H
#define FOB_HOST_CLIENT_CONNECT_H

#include "host/client/client.h"

/* Connect to the first agent of the places from client->place on: client->fd,
 * path and place.  FOB_E_NOT_FOUND, with no error set, when none listens. */
FOB_MUST_CHECK enum fob_status connect_find_agent(struct fob_client *client,
                                                  struct fob_error *error);

#endif
