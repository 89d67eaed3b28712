/* SPDX-License-Identifier: MIT */
/* A token that is just coming up, asked what it runs. */
#ifndef FOB_HOST_CLI_PARTS_TOKEN_VERSION_H
#define FOB_HOST_CLI_PARTS_TOKEN_VERSION_H

#include "host/cli/call/command.h"

enum { TOKEN_VERSION_MAX = 31 };

/* The version of the token `serial`, which has some seconds to be there and
 * for udev to make it ours.  Else "", and call->error. */
FOB_MUST_CHECK enum fob_status
token_version_ask(struct command_call *call, const char *serial,
                  char version[static TOKEN_VERSION_MAX + 1]);

#endif
