/* SPDX-License-Identifier: MIT */
#include "host/cli/endpoint/endpoint_default.h"

#include "host/config/profile.h"

#include <unistd.h>

/* Settings that make SDKs look no further than the profile. */
static const char *const sources[] = {
    "aws_access_key_id", "credential_process",      "role_arn",
    "sso_session",       "sso_start_url",           "login_session",
    "credential_source", "web_identity_token_file",
};

static const char *find_source(const struct fob_profile *profile)
{
    for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++)
        if (fob_profile_get(profile, sources[i]) != NULL)
            return sources[i];
    return NULL;
}

/* Files that cannot be read are the agent's to complain of. */
void endpoint_default_warn(struct command_call *call)
{
    const char *const *env = (const char *const *)environ;
    struct fob_profile_paths paths;
    struct fob_profiles all = {0};
    struct fob_profile profile;
    struct fob_error ignored;
    const char *source = NULL;

    if (fob_profile_find_paths(env, &paths, &ignored) == FOB_OK &&
        fob_profiles_load(&all, &paths, &ignored) == FOB_OK &&
        fob_profile_find(&all, "default", &profile, &ignored) == FOB_OK)
        source = find_source(&profile);
    if (source != NULL)
        ui_note(&call->ui,
                "the profile default has %s, which SDKs prefer to the "
                "endpoint; without --server the command surely gets the "
                "session",
                source);
    fob_profiles_free(&all);
}
