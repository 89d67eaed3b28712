/* SPDX-License-Identifier: MIT */
/* The account of the vault that is an MFA device, through the device's
 * life. */
#ifndef FOB_HOST_AGENT_DEVICES_DEVICE_SEED_H
#define FOB_HOST_AGENT_DEVICES_DEVICE_SEED_H

#include "host/agent/request/request.h"
#include "host/vault/accounts.h"

/* Whether the vault has one.  A vault that cannot be read tells neither. */
FOB_MUST_CHECK enum fob_status device_seed_is_here(struct fob_request *request,
                                                   const char *serial,
                                                   bool *is_here);

/* Whether an account of that name could be added: FOB_E_EXISTS, worded, when
 * there is one. */
FOB_MUST_CHECK enum fob_status
device_seed_check_name(struct fob_request *request, const char *name);

/* Add the account `name` for the new device: its seed as base32 text, as
 * AWS's QR code would have it; on the token that the request names, if it
 * does.  It is nobody's until its user is noted. */
FOB_MUST_CHECK enum fob_status device_seed_store(struct fob_request *request,
                                                 const char *name,
                                                 const char *serial,
                                                 const struct fob_secret *seed);

/* Bind the account that `name` names, which is not bound, to a device. */
FOB_MUST_CHECK enum fob_status device_seed_bind(struct fob_request *request,
                                                const char *name,
                                                const char *serial);

/* Note whose device it is, and that its clock is AWS's. */
FOB_MUST_CHECK enum fob_status device_seed_settle(struct fob_request *request,
                                                  const char *serial,
                                                  const char *user);

/* Remove the account, if there is one: the device is gone. */
FOB_MUST_CHECK enum fob_status device_seed_remove(struct fob_request *request,
                                                  const char *serial);

#endif
