/* SPDX-License-Identifier: MIT */
/* What the commands of config_command.h print, read.  Pure. */
#ifndef FOB_HOST_AGENT_PROFILE_CONFIG_COMMAND_OUTPUT_H
#define FOB_HOST_AGENT_PROFILE_CONFIG_COMMAND_OUTPUT_H

#include "host/agent/state/session.h"
#include "src/otp.h"

/* A code: six to eight digits, and white space anywhere.  FOB_E_SYNTAX, with
 * `code` empty. */
FOB_MUST_CHECK enum fob_status
config_command_output_code(const void *output, size_t len,
                           char code[static FOB_CODE_MAX + 1]);

enum { CONFIG_COMMAND_WHY_MAX = 159 };

/* The JSON of a credential_process (version 1) into the empty `key`: the access
 * key and, if they are there, token, account and end.  FOB_E_SYNTAX, with words
 * for it in `why` ("prints nothing"), or FOB_E_NO_MEMORY; `key` is then
 * empty. */
FOB_MUST_CHECK enum fob_status
config_command_output_key(const void *output, size_t len, struct session *key,
                          char why[static CONFIG_COMMAND_WHY_MAX + 1]);

#endif
