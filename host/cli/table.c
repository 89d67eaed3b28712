/* SPDX-License-Identifier: MIT */
#include "host/cli/table.h"

/* Every command, in the order of the help: NAME is command_NAME in the file
 * NAME.c. */
#define COMMANDS(COMMAND)                                                      \
    COMMAND(add)                                                               \
    COMMAND(code)                                                              \
    COMMAND(pair)                                                              \
    COMMAND(watch)                                                             \
    COMMAND(list)                                                              \
    COMMAND(rename)                                                            \
    COMMAND(remove)                                                            \
    COMMAND(export)                                                            \
    COMMAND(import)                                                            \
    COMMAND(keys)                                                              \
    COMMAND(profiles)                                                          \
    COMMAND(enroll)                                                            \
    COMMAND(devices)                                                           \
    COMMAND(resync)                                                            \
    COMMAND(replace)                                                           \
    COMMAND(unenroll)                                                          \
    COMMAND(credentials)                                                       \
    COMMAND(env)                                                               \
    COMMAND(exec)                                                              \
    COMMAND(setup)                                                             \
    COMMAND(login)                                                             \
    COMMAND(sessions)                                                          \
    COMMAND(status)                                                            \
    COMMAND(lock)                                                              \
    COMMAND(unlock)                                                            \
    COMMAND(backup)                                                            \
    COMMAND(restore)                                                           \
    COMMAND(vault)                                                             \
    COMMAND(token)                                                             \
    COMMAND(agent)                                                             \
    COMMAND(doctor)                                                            \
    COMMAND(completion)

#define DECLARE(name) extern const struct command command_##name;
#define POINT_TO(name) &command_##name,

COMMANDS(DECLARE)

const struct command *const command_table[] = {COMMANDS(POINT_TO) NULL};
