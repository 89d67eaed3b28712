/* SPDX-License-Identifier: MIT */
/* The address of a Unix socket whose path may be longer than an address holds
 * (108 bytes, unix(7)). */
#ifndef FOB_HOST_BASE_SOCKET_ADDRESS_H
#define FOB_HOST_BASE_SOCKET_ADDRESS_H

#include "host/base/error.h"

#include <sys/un.h>

/* *folder is to be closed after the address has been used, unless it is -1: a
 * long path is given by way of its folder's descriptor.  FOB_E_NOT_FOUND, with
 * no error set, when there is no such folder; else the error is set. */
FOB_MUST_CHECK enum fob_status
fob_socket_address_make(const char *path, struct sockaddr_un *address,
                        int *folder, struct fob_error *error);

#endif
