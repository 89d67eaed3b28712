/* SPDX-License-Identifier: MIT */
#include "host/agent/profile/config_command.h"

#include "host/agent/profile/config_command_output.h"
#include "host/agent/state/cache.h"
#include "host/agent/state/printed_keys.h"
#include "host/base/child.h"
#include "host/base/file_trust.h"
#include "host/base/text.h"
#include "host/config/credential_process.h"
#include "src/sha256.h"

#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    TIMEOUT_MS = 60000,
    OUTPUT_MAX = 32768,
    KEEP_S = 3600, /* what does not say when it ends */
};

static const char nested[] = "FOB_NESTED";

enum fob_status config_command_refuse_nested(const struct profile *profile,
                                             struct fob_error *error)
{
    if (fob_profile_env(profile->env, nested) == NULL)
        return FOB_OK;
    fob_error_set(error, FOB_E_USAGE,
                  "a credential_process or mfa_process that fob runs leads "
                  "back to fob, for profile %s",
                  profile->name);
    fob_error_hint(error, "set source_profile = %s in its place",
                   profile->name);
    return FOB_E_USAGE;
}

enum fob_status config_command_check(struct fob_request *request,
                                     const struct profile *profile,
                                     const char *key)
{
    if (!request->has_no_commands)
        return FOB_OK;
    fob_error_set(&request->error, FOB_E_FORBIDDEN,
                  "profile %s needs its %s, which is not run for this machine",
                  profile->name, key);
    fob_error_hint(&request->error, "where the agent is, see fob-settings(5)");
    return FOB_E_FORBIDDEN;
}

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

/* Through the shell, as aws-vault does; botocore splits the line itself, and
 * what it splits a shell splits alike. */
static enum fob_status run_command(const struct profile *profile,
                                   const char *key, const char *command,
                                   struct fob_secret *output,
                                   struct fob_error *error)
{
    const char *const argv[] = {"/bin/sh", "-c", command, NULL};
    const char *envp[CLIENT_VARIABLES_MAX + 2];
    const struct fob_child child = {.argv = argv,
                                    .envp = envp,
                                    .input = "",
                                    .output_max = OUTPUT_MAX,
                                    .timeout_ms = TIMEOUT_MS};
    int exit_status;
    enum fob_status status;

    make_environment(profile, envp);
    status = check_files(profile, key, error);
    if (status == FOB_OK)
        status = fob_child_run(&child, output, &exit_status, error);
    if (status != FOB_OK || exit_status == 0)
        return status;
    fob_error_set(error, FOB_E_FAILED, "the %s of profile %s failed with %d",
                  key, profile->name, exit_status);
    fob_error_hint(error, "run its command in a shell to see why");
    return FOB_E_FAILED;
}

enum fob_status config_command_code(const struct profile *profile,
                                    const char *command,
                                    char code[static FOB_CODE_MAX + 1],
                                    struct fob_error *error)
{
    struct fob_secret output = {0};
    enum fob_status status =
        run_command(profile, "mfa_process", command, &output, error);

    if (status == FOB_OK &&
        config_command_output_code(output.data, output.len, code) != FOB_OK)
        status = fob_error_set(error, FOB_E_SYNTAX,
                               "the mfa_process of profile %s prints no code",
                               profile->name);
    fob_secret_free(&output);
    return status;
}

/* What does not say when it ends is run again after a while. */
static bool is_fresh(const struct session *key, int64_t now_s)
{
    if (!session_has_end(key))
        return now_s - key->created_s < KEEP_S;
    return session_left_s(key, now_s) >= SESSION_LEFT_S_MIN;
}

static bool has_kept(struct fob_request *request, const char *name,
                     struct session *key)
{
    if (printed_keys_get(request->agent, name, key) == FOB_OK &&
        is_fresh(key, time(NULL)))
        return true;
    session_free(key);
    return false;
}

static enum fob_status run_for_key(const struct profile *profile,
                                   const char *command, struct session *key,
                                   struct fob_error *error)
{
    struct fob_secret output = {0};
    enum fob_status status =
        run_command(profile, "credential_process", command, &output, error);

    if (status == FOB_OK &&
        config_command_output_key(output.data, output.len, key) != FOB_OK)
        status = fob_error_set(error, FOB_E_SYNTAX,
                               "the credential_process of profile %s prints "
                               "no credentials",
                               profile->name);
    fob_secret_free(&output);
    if (status != FOB_OK)
        return status;
    session_set_owner(key, profile->name, "", "");
    key->created_s = time(NULL);
    return FOB_OK;
}

/* The command of a profile that has no other key, or NULL. */
static const char *find_command(const struct profile *profile)
{
    const char *command =
        fob_profile_get(&profile->found, "credential_process");
    struct fob_profile_key pair;
    struct fob_error ignored;

    if (command == NULL || command[0] == '\0' ||
        fob_credential_process_is_own(command, NULL) ||
        fob_profile_get_key(&profile->found, &pair, &ignored) == FOB_OK)
        return NULL;
    return command;
}

/* With its NUL, so that no two lists of texts look alike. */
static void add_text(struct fob_digest *digest, const char *text)
{
    fob_digest_update(digest, text, strlen(text) + 1);
}

void config_command_name(const struct profile *profile,
                         char name[static CONFIG_COMMAND_NAME_LEN + 1])
{
    const char *command = find_command(profile);
    struct fob_digest digest;
    uint8_t hash[FOB_SHA256_LEN];

    name[0] = '\0';
    if (command == NULL)
        return;
    fob_digest_init(&digest, &fob_sha256);
    add_text(&digest, command);
    add_text(&digest, profile->name);
    add_text(&digest, profile->all.paths.config);
    add_text(&digest, profile->all.paths.credentials);
    for (size_t i = 0; profile->env[i] != NULL; i++)
        add_text(&digest, profile->env[i]);
    fob_digest_final(&digest, hash);
    fob_text_hex(hash, sizeof(hash), name);
}

/* An older fob kept what commands print on disk, by their text alone. */
static void drop_old(const char *command)
{
    char name[CACHE_NAME_MAX + 1];

    if (fob_text_format(name, sizeof(name), "process\n%s", command) == FOB_OK)
        cache_drop(name);
}

enum fob_status config_command_key(struct fob_request *request,
                                   const struct profile *profile,
                                   struct session *key)
{
    const char *command = find_command(profile);
    char name[CONFIG_COMMAND_NAME_LEN + 1];
    enum fob_status status;

    if (command == NULL)
        return FOB_E_NOT_FOUND;
    drop_old(command);
    config_command_name(profile, name);
    status = config_command_refuse_nested(profile, &request->error);
    if (status != FOB_OK || has_kept(request, name, key))
        return status;
    status = config_command_check(request, profile, "credential_process");
    if (status == FOB_OK)
        status = run_for_key(profile, command, key, &request->error);
    if (status == FOB_OK)
        printed_keys_put(request->agent, name, key);
    return status;
}
