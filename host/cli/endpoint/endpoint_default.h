/* SPDX-License-Identifier: MIT */
/* The one thing that beats a container endpoint and is in no variable. */
#ifndef FOB_HOST_CLI_ENDPOINT_ENDPOINT_DEFAULT_H
#define FOB_HOST_CLI_ENDPOINT_ENDPOINT_DEFAULT_H

#include "host/cli/call/command.h"

/* Note that [default] has credentials of its own, if so: without AWS_PROFILE
 * SDKs take those first. */
void endpoint_default_warn(struct command_call *call);

#endif
