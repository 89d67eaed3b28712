/* SPDX-License-Identifier: MIT */
/* The files of aws-vault's backend `file`: one for each key, and for each
 * session, named after the profile. */
#ifndef FOB_HOST_CLI_PARTS_AWS_VAULT_H
#define FOB_HOST_CLI_PARTS_AWS_VAULT_H

#include "host/cli/call/command.h"

/* Put a record for each key in `folder`, or for that of `profile` unless it is
 * NULL.  `folder` NULL: the one of AWS_VAULT_FILE_DIR, else ~/.awsvault/keys.
 * FOB_E_NOT_FOUND, error set, when there is none. */
FOB_MUST_CHECK enum fob_status aws_vault_put(struct command_call *call,
                                             const char *folder,
                                             const char *profile);

#endif
