/* SPDX-License-Identifier: MIT */
/* What follows when the seed of an MFA device is stored: the console has to
 * get two codes, and the profile the device's ARN. */
#ifndef FOB_HOST_CLI_PARTS_ADD_DEVICE_H
#define FOB_HOST_CLI_PARTS_ADD_DEVICE_H

#include "host/cli/call/command.h"

/* Print the account that call->reply tells of and, at a terminal, take its
 * device over for `profile`.  Without a terminal, or a profile (NULL), what is
 * to be run is noted, the latter unless the device is known (`is_bound`).  The
 * seed stays stored whatever becomes of the rest. */
FOB_MUST_CHECK enum fob_status add_device_follow(struct command_call *call,
                                                 const char *profile,
                                                 bool is_bound);

#endif
