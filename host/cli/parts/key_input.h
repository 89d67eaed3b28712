/* SPDX-License-Identifier: MIT */
/* `fob keys add`: the access key, from stdin or from a person. */
#ifndef FOB_HOST_CLI_PARTS_KEY_INPUT_H
#define FOB_HOST_CLI_PARTS_KEY_INPUT_H

#include "host/cli/call/command.h"

/* Put as FOB_TAG_DATA what stdin holds, whatever its form: the agent reads it.
 * At a terminal ask for the id, which is shown, and the secret, which is
 * not. */
FOB_MUST_CHECK enum fob_status key_input_put(struct command_call *call);

#endif
