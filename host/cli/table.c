/* SPDX-License-Identifier: MIT */
/* Every command, in the order of the help. */
#include "host/cli/call/command.h"

#include <string.h>

const struct command *const command_table[] = {
    &command_add,
    &command_code,
    &command_pair,
    &command_watch,
    &command_list,
    &command_rename,
    &command_remove,
    &command_export,
    &command_import,
    &command_keys,
    &command_enroll,
    &command_devices,
    &command_resync,
    &command_replace,
    &command_unenroll,
    &command_credentials,
    &command_env,
    &command_exec,
    &command_setup,
    &command_login,
    &command_sessions,
    &command_lock,
    &command_unlock,
    &command_vault,
    &command_token,
    &command_agent,
    &command_doctor,
    &command_completion,
    NULL,
};

const struct command *command_find(const char *name)
{
    for (size_t i = 0; command_table[i]; i++)
        if (strcmp(command_table[i]->name, name) == 0)
            return command_table[i];
    return NULL;
}
