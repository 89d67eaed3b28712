/* SPDX-License-Identifier: MIT */
#include "host/cli/call/foreign.h"

#include <string.h>

static const char no_session[] =
    "fob's sessions carry MFA, and a role asked for more than an hour is taken "
    "straight from the key";
static const char typed_code[] =
    "arguments are seen by every process, so a code is none";
static const char served[] = "fob serves a session to its command alone";
static const char one_vault[] = "all keys are in one vault";
static const char one_length[] = "one length serves users and roles";

static const struct foreign commands[] = {
    {"assume", "a shell takes a session from env, a command from exec",
     "eval \"$(fob env PROFILE)\"", NULL},
    {"clear", "sessions are forgotten by another command",
     "fob sessions --clear", NULL},
    {"ls", "profiles, seeds, keys and sessions each have a list",
     "fob profiles", NULL},
    {"rm", "an access key is removed by another command",
     "fob keys remove PROFILE", NULL},
    {"init", "the vault is made when something is first stored",
     "fob add --qr FILE", NULL},
    {"rotate", "an access key is rotated by another command",
     "fob keys rotate PROFILE", NULL},
};

static const struct foreign options[] = {
    {"n", no_session, "leave -n out", NULL},
    {"no-session", no_session, "leave --no-session out", NULL},
    {"t", typed_code, "give it on stdin, with --code -", NULL},
    {"mfa-token", typed_code, "give it on stdin, with --code -", NULL},
    {"token", typed_code, "give it on stdin, with --code -", NULL},
    {"j", "a session as JSON is another command's", "fob credentials PROFILE",
     NULL},
    {"ecs-server", served, "use --server", NULL},
    {"ec2-server", served, "use --server", NULL},
    {"backend", one_vault, "leave --backend out", NULL},
    {"prompt", "the terminal asks, or the pinentry of fob's settings",
     "leave --prompt out", NULL},
    {"debug", "more is told by another option", "use --verbose", NULL},
    {"lazy", "AWS is asked when it must be, and only then", "leave --lazy out",
     NULL},
    {"stdout", "the URL is printed by another option", "use --print", NULL},
    {"assume-role-ttl", one_length, "use --duration", NULL},
    {"session-ttl", one_length, "use --duration", NULL},
    {"format", "it gives a seed away; sessions are another command's",
     "fob credentials --format env PROFILE", "export"},
};

const struct foreign *foreign_find_command(const char *word)
{
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
        if (strcmp(commands[i].word, word) == 0)
            return &commands[i];
    return NULL;
}

static bool is_of(const struct foreign *option, const struct command *command)
{
    return option->command == NULL
               ? command->has_region
               : strcmp(option->command, command->name) == 0;
}

const struct foreign *foreign_find_option(const struct command *command,
                                          const char *word)
{
    for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++)
        if (strcmp(options[i].word, word) == 0 && is_of(&options[i], command))
            return &options[i];
    return NULL;
}
