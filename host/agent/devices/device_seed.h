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

/* Whether an account of that name could be added: FOB_E_EXISTS, error set, when
 * there is one. */
FOB_MUST_CHECK enum fob_status
device_seed_check_name(struct fob_request *request, const char *name);

/* Where the seed of a new device goes. */
struct device_seed_location {
    const char *token; /* its serial; "": the only one; NULL: the vault */
    bool may_overwrite;
};

/* A new device and its account. */
struct device_seed_new {
    const char *name;
    const char *serial;
    const struct fob_secret *seed; /* base32 text, as in AWS's QR code */
};

/* Add the account of a new device.  It is nobody's until its user is noted. */
FOB_MUST_CHECK enum fob_status
device_seed_store(struct fob_request *request,
                  const struct device_seed_new *device,
                  const struct device_seed_location *location);

/* Bind the account that `name` names, which is not bound, to a device. */
FOB_MUST_CHECK enum fob_status device_seed_bind(struct fob_request *request,
                                                const char *name,
                                                const char *serial);

/* Note whose device it is, and that its clock is AWS's. */
FOB_MUST_CHECK enum fob_status device_seed_confirm(struct fob_request *request,
                                                   const char *serial,
                                                   const char *user);

/* Remove the account, if there is one: the device is gone. */
FOB_MUST_CHECK enum fob_status device_seed_remove(struct fob_request *request,
                                                  const char *serial);

#endif
