/* SPDX-License-Identifier: MIT */
#include "host/agent/profile/config_command.h"

#include "host/agent/profile/config_command_output.h"
#include "host/agent/profile/config_command_run.h"
#include "host/agent/state/cache.h"
#include "host/agent/state/device_clock.h"
#include "host/agent/state/printed_keys.h"
#include "host/base/text.h"
#include "host/config/credential_process.h"
#include "src/sha256.h"

#include <string.h>
#include <time.h>

enum { KEEP_S = 3600 }; /* what does not say when it ends */

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

enum fob_status config_command_code(struct fob_request *request,
                                    const struct profile *profile,
                                    const char *line,
                                    char code[static FOB_CODE_MAX + 1])
{
    const struct config_command_line command = {
        .profile = profile, .key = "mfa_process", .line = line};
    struct fob_secret output = {0};
    enum fob_status status = config_command_run(request, &command, &output);

    if (status == FOB_OK &&
        config_command_output_code(output.data, output.len, code) != FOB_OK)
        status = fob_error_set(&request->error, FOB_E_SYNTAX,
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

static enum fob_status refuse_printed(struct fob_request *request,
                                      const struct profile *profile,
                                      const char *why)
{
    fob_error_set(&request->error, FOB_E_SYNTAX,
                  "the credential_process of profile %s %s", profile->name,
                  why);
    fob_error_hint(&request->error, "run its command in a shell to see it");
    return FOB_E_SYNTAX;
}

static enum fob_status run_once(struct fob_request *request,
                                const struct config_command_line *command,
                                struct session *key)
{
    struct fob_secret output = {0};
    char why[CONFIG_COMMAND_WHY_MAX + 1];
    enum fob_status status = config_command_run(request, command, &output);

    if (status == FOB_OK) {
        status = config_command_output_key(output.data, output.len, key, why);
        if (status == FOB_E_NO_MEMORY)
            fob_error_no_memory(&request->error);
        else if (status != FOB_OK)
            refuse_printed(request, command->profile, why);
    }
    fob_secret_free(&output);
    return status;
}

/* By AWS's clock, as far as it is known: that is who ends it. */
static bool is_over(const struct session *key)
{
    return session_left_s(key, time(NULL) + device_clock_offset_s("")) <= 0;
}

/* One that is over is of no use to anybody: what kept it may have noticed. */
static enum fob_status run_for_key(struct fob_request *request,
                                   const struct profile *profile,
                                   const char *line, struct session *key)
{
    const struct config_command_line command = {
        .profile = profile, .key = "credential_process", .line = line};
    char end[FOB_TEXT_TIME_LEN + 1], why[CONFIG_COMMAND_WHY_MAX + 1];
    enum fob_status status = run_once(request, &command, key);

    if (status == FOB_OK && is_over(key)) {
        session_free(key);
        status = run_once(request, &command, key);
    }
    if (status != FOB_OK)
        return status;
    if (is_over(key)) {
        fob_text_time(key->credentials.expires_s, end);
        session_free(key);
        (void)!fob_text_format(why, sizeof(why),
                               "prints credentials that ended at %s, also "
                               "when it is run again",
                               end);
        return refuse_printed(request, profile, why);
    }
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
        status = run_for_key(request, profile, command, key);
    if (status == FOB_OK)
        printed_keys_put(request->agent, name, key);
    return status;
}
