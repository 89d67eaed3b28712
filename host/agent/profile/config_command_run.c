/* SPDX-License-Identifier: MIT */
#include "host/agent/profile/config_command_run.h"

#include "host/base/child.h"
#include "host/base/file_trust.h"

#include <fcntl.h>
#include <unistd.h>

enum { TIMEOUT_MS = 60000, OUTPUT_MAX = 32768 };

/* The caller's variables, as it sent them, and what says who runs it. */
static void make_environment(const struct profile *profile,
                             const char *envp[static CLIENT_VARIABLES_MAX + 2])
{
    size_t count = 0;

    for (; profile->env[count] != NULL; count++)
        envp[count] = profile->env[count];
    envp[count] = "FOB_NESTED=1";
    envp[count + 1] = NULL;
}

static enum fob_status check_file(const char *path, struct fob_error *error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    enum fob_status status = FOB_OK;

    /* One that is not there, or not to be read, names no command. */
    if (fd >= 0) {
        status = fob_file_check_trust(fd, path, FOB_FILE_COMMANDS, error);
        close(fd);
    }
    return status;
}

/* Whoever writes the files runs what they like as their owner. */
static enum fob_status check_files(const struct profile *profile,
                                   const char *key, struct fob_error *error)
{
    const struct fob_profile_paths *paths = &profile->all.paths;
    struct fob_error why = {0};

    if (check_file(paths->config, &why) == FOB_OK &&
        check_file(paths->credentials, &why) == FOB_OK)
        return FOB_OK;
    fob_error_set(error, why.status, "the %s of profile %s is not run: %s", key,
                  profile->name, why.text);
    fob_error_advise(error, why.hint);
    return why.status;
}

/* What it said itself is for whoever is here. */
static enum fob_status refuse_failed(struct fob_request *request,
                                     const struct config_command_line *command,
                                     int exit_status, struct fob_tail *told)
{
    struct fob_error *error = &request->error;

    fob_tail_fold(told);
    if (request->is_remote || told->len == 0)
        fob_error_set(error, FOB_E_FAILED,
                      "the %s of profile %s failed with %d", command->key,
                      command->profile->name, exit_status);
    else
        fob_error_set(error, FOB_E_FAILED,
                      "the %s of profile %s failed with %d: %s", command->key,
                      command->profile->name, exit_status, told->text);
    fob_error_hint(error, "run its command in a shell to see why");
    return FOB_E_FAILED;
}

/* Through the shell, as aws-vault does; botocore splits the line itself, and
 * what it splits a shell splits alike. */
enum fob_status config_command_run(struct fob_request *request,
                                   const struct config_command_line *command,
                                   struct fob_secret *output)
{
    const char *const argv[] = {"/bin/sh", "-c", command->line, NULL};
    const char *envp[CLIENT_VARIABLES_MAX + 2];
    struct fob_tail told = {0};
    const struct fob_child child = {.argv = argv,
                                    .envp = envp,
                                    .input = "",
                                    .output_max = OUTPUT_MAX,
                                    .timeout_ms = TIMEOUT_MS,
                                    .told = &told};
    struct fob_error *error = &request->error;
    int exit_status;
    enum fob_status status;

    make_environment(command->profile, envp);
    status = check_files(command->profile, command->key, error);
    if (status == FOB_OK)
        status = fob_child_run(&child, output, &exit_status, error);
    if (status != FOB_OK || exit_status == 0)
        return status;
    return refuse_failed(request, command, exit_status, &told);
}
