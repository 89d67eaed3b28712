/* SPDX-License-Identifier: MIT */
/* What the commands about MFA devices share. */
#ifndef FOB_HOST_CLI_PARTS_DEVICE_H
#define FOB_HOST_CLI_PARTS_DEVICE_H

#include "host/cli/call/command.h"

/* An option and the field that its value fills; an option of -1 ends. */
struct device_text {
    int option;
    enum fob_tag tag;
};

/* Start a request about the call's profile with those texts and the caller's
 * environment. */
FOB_MUST_CHECK enum fob_status device_request(struct command_call *call,
                                              enum fob_message_type type,
                                              const struct device_text *texts);

/* The token that option `on` names, if it was given. */
void device_put_token(struct command_call *call, int on);

/* Send it, and print the serial of the device it was about. */
FOB_MUST_CHECK enum fob_status device_run(struct command_call *call);

#endif
