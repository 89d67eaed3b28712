/* SPDX-License-Identifier: MIT */
/* What a command about devices did to the AWS config, for a person: the config
 * is read before and after it. */
#ifndef FOB_HOST_CLI_PARTS_DEVICE_TOLD_H
#define FOB_HOST_CLI_PARTS_DEVICE_TOLD_H

#include "host/cli/call/command.h"
#include "host/config/profile.h"

struct device_told {
    struct fob_profiles before;
    bool is_known; /* it could be read */
};

void device_told_begin(struct device_told *told);

/* The changes of mfa_serial in a line, and with `is_new` where the profile's
 * long-term key is still in plaintext. */
void device_told_end(struct device_told *told, struct command_call *call,
                     bool is_new);

#endif
