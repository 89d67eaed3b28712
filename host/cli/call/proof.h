/* SPDX-License-Identifier: MIT */
/* The key file that a person names to prove that the vault is theirs. */
#ifndef FOB_HOST_CLI_CALL_PROOF_H
#define FOB_HOST_CLI_CALL_PROOF_H

#include "host/cli/call/command.h"

/* Put the content of the key file `path`, which nobody else may read, as
 * `tag`; NULL: nothing.  It is read here, so that it may be a pipe of the
 * caller's. */
FOB_MUST_CHECK enum fob_status
proof_put_file(struct command_call *call, enum fob_tag tag, const char *path);

#endif
