/* SPDX-License-Identifier: MIT */
/* Commands of the AWS files that fob runs for a profile: mfa_process, which
 * prints a code, and credential_process, which prints a key. */
#ifndef FOB_HOST_AGENT_PROFILE_CONFIG_COMMAND_H
#define FOB_HOST_AGENT_PROFILE_CONFIG_COMMAND_H

#include "host/agent/profile/profile.h"
#include "host/agent/state/session.h"
#include "src/otp.h"

/* The code that `line` (mfa_process, for the shell) prints: six to eight
 * digits and white space.  FOB_E_FAILED or FOB_E_SYNTAX; the error is set. */
FOB_MUST_CHECK enum fob_status
config_command_code(struct fob_request *request, const struct profile *profile,
                    const char *line, char code[static FOB_CODE_MAX + 1]);

enum { CONFIG_COMMAND_NAME_LEN = 64 };

/* A name for what the credential_process of the profile prints: of the command
 * and all that it is handed or can tell its caller by.  "" when there is no
 * such command, fob itself is there, or a key pair is in the files. */
void config_command_name(const struct profile *profile,
                         char name[static CONFIG_COMMAND_NAME_LEN + 1]);

/* What the profile's credential_process prints, into the empty `key`: without
 * a token it is a long-term key.  One that prints a session which is over is
 * run once more, and refused then.  Kept in memory alone, for callers for whom
 * the name above is the same, until it ends or for an hour; a lock of the vault
 * wipes it.
 * FOB_E_NOT_FOUND, with no error set, when the profile has no such command, or
 * fob itself there, or a key pair in the files. */
FOB_MUST_CHECK enum fob_status config_command_key(struct fob_request *request,
                                                  const struct profile *profile,
                                                  struct session *key);

/* FOB_E_FORBIDDEN, with the error set, when no command, such as the profile's
 * `key`, is run for whoever asks. */
FOB_MUST_CHECK enum fob_status
config_command_check(struct fob_request *request, const struct profile *profile,
                     const char *key);

/* FOB_E_USAGE, with the error set, when the caller was itself started by such a
 * command: it leads back here. */
FOB_MUST_CHECK enum fob_status
config_command_refuse_nested(const struct profile *profile,
                             struct fob_error *error);

#endif
