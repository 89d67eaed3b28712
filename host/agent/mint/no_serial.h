/* SPDX-License-Identifier: MIT */
/* A profile that has a key and names no MFA device. */
#ifndef FOB_HOST_AGENT_MINT_NO_SERIAL_H
#define FOB_HOST_AGENT_MINT_NO_SERIAL_H

#include "host/agent/profile/profile.h"

/* Set the error, FOB_E_NOT_FOUND.  With the vault open it is looked whether the
 * key's user has a device here already: then that is to be named, and no second
 * one to be made. */
enum fob_status no_serial_report(struct fob_request *request,
                                 const struct profile *profile);

#endif
