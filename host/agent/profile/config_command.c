/* SPDX-License-Identifier: MIT */
#include "host/agent/profile/config_command.h"

#include "host/agent/mint/credentials.h"
#include "host/agent/profile/config_command_output.h"
#include "host/agent/state/cache.h"
#include "host/base/child.h"
#include "host/base/text.h"
#include "host/config/credential_process.h"

#include <time.h>

enum {
    TIMEOUT_MS = 60000,
    OUTPUT_MAX = 32768,
    KEEP_S = 3600, /* what does not say when it ends */
    NAME_LEN_MAX = CACHE_NAME_MAX,
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

/* The caller's variables, as it sent them, and the mark. */
static void make_environment(const struct profile *profile,
                             const char *envp[static ENV_MAX + 2])
{
    size_t count = 0;

    for (; profile->env[count] != NULL; count++)
        envp[count] = profile->env[count];
    envp[count] = "FOB_NESTED=1";
    envp[count + 1] = NULL;
}

/* Through the shell, as aws-vault does; botocore splits the line itself, and
 * what it splits a shell splits alike. */
static enum fob_status run(const struct profile *profile, const char *key,
                           const char *command, struct fob_secret *output,
                           struct fob_error *error)
{
    const char *const argv[] = {"/bin/sh", "-c", command, NULL};
    const char *envp[ENV_MAX + 2];
    const struct fob_child child = {.argv = argv,
                                    .envp = envp,
                                    .input = "",
                                    .output_max = OUTPUT_MAX,
                                    .timeout_ms = TIMEOUT_MS};
    int exit_status;
    enum fob_status status;

    make_environment(profile, envp);
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
        run(profile, "mfa_process", command, &output, error);

    if (status == FOB_OK &&
        config_command_output_code(output.data, output.len, code) != FOB_OK)
        status = fob_error_set(error, FOB_E_SYNTAX,
                               "the mfa_process of profile %s prints no code",
                               profile->name);
    fob_secret_free(&output);
    return status;
}

static bool is_fresh(const struct fob_message *key)
{
    int64_t end_s =
        (int64_t)fob_message_number(key, FOB_TAG_EXPIRATION, INT64_MAX);
    int64_t kept_s = (int64_t)fob_message_number(key, FOB_TAG_CREATED, 0);
    int64_t now_s = time(NULL);

    return end_s == INT64_MAX ? now_s - kept_s < KEEP_S
                              : end_s - now_s >= CREDENTIALS_LEFT_S_MIN;
}

static enum fob_status run_and_keep(struct fob_request *request,
                                    const struct profile *profile,
                                    const char *command, const char *name,
                                    struct fob_message *key)
{
    struct fob_secret output = {0};
    struct fob_error *error = &request->error, ignored;
    enum fob_status status =
        run(profile, "credential_process", command, &output, error);

    if (status == FOB_OK &&
        config_command_output_key(output.data, output.len, key) != FOB_OK)
        status = fob_error_set(error, FOB_E_SYNTAX,
                               "the credential_process of profile %s prints "
                               "no credentials",
                               profile->name);
    fob_secret_free(&output);
    if (status != FOB_OK)
        return status;
    fob_message_put_text(key, FOB_TAG_PROFILE, profile->name);
    fob_message_put_number(key, FOB_TAG_CREATED, (uint64_t)time(NULL));
    /* What is not kept is asked for again. */
    if (cache_put(request->agent, name, &key->fields, &ignored) != FOB_OK)
        request_progress(request, "%s", ignored.text);
    return key->status;
}

enum fob_status config_command_key(struct fob_request *request,
                                   const struct profile *profile,
                                   struct fob_message *key)
{
    const char *command =
        fob_profile_get(&profile->found, "credential_process");
    char name[NAME_LEN_MAX + 1];
    struct fob_profile_key pair;
    struct fob_error *error = &request->error, ignored;
    enum fob_status status;

    if (command == NULL || command[0] == '\0' ||
        fob_credential_process_is_own(command, NULL) ||
        fob_profile_get_key(&profile->found, &pair, &ignored) == FOB_OK)
        return FOB_E_NOT_FOUND;
    if (fob_text_format(name, sizeof(name), "process\n%s", command) != FOB_OK)
        return fob_error_set(error, FOB_E_SYNTAX,
                             "the credential_process of profile %s is too "
                             "long",
                             profile->name);
    status = config_command_refuse_nested(profile, error);
    if (status != FOB_OK)
        return status;
    fob_message_start(key, FOB_REPLY_OK);
    if (cache_get(request->agent, name, &key->fields) == FOB_OK &&
        is_fresh(key))
        return FOB_OK;
    fob_message_free(key);
    return run_and_keep(request, profile, command, name, key);
}
