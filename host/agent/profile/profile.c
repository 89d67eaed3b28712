/* SPDX-License-Identifier: MIT */
#include "host/agent/profile/profile.h"

#include "host/agent/profile/profile_alias.h"
#include "host/agent/profile/profile_place.h"
#include "host/base/text.h"

enum fob_status profile_choose(struct profile *profile, struct fob_error *error)
{
    enum fob_status status =
        fob_profile_find(&profile->all, profile->name, &profile->found, error);

    if (status == FOB_OK)
        profile_place_find(profile, NULL);
    return status;
}

/* What is said of the one that was asked for goes before what is said of the
 * one that it stands for. */
static enum fob_status choose_meant(struct profile *profile,
                                    struct fob_error *error)
{
    struct fob_profile asked;
    enum fob_status status = profile_choose(profile, error);

    if (status != FOB_OK)
        return status;
    asked = profile->found;
    status = profile_alias_follow(profile, error);
    if (status == FOB_OK && asked.name != profile->found.name)
        profile_place_find(profile, &asked);
    return status;
}

enum fob_status profile_load(struct fob_request *request, const char *name,
                             struct profile *profile)
{
    struct fob_profile_paths paths;
    struct fob_error *error = &request->error;
    enum fob_status status;

    *profile = (struct profile){.agent = request->agent,
                                .env = request->environment.variables,
                                .trusts_clock = request->trusts_clock};
    if (name[0] == '\0')
        name = fob_profile_default(profile->env);
    if (fob_text_copy(profile->name, sizeof(profile->name), name) != FOB_OK)
        return fob_error_set(error, FOB_E_USAGE,
                             "the profile's name is longer than %d bytes",
                             FOB_NAME_MAX);
    status = fob_profile_find_paths(profile->env, &paths, error);
    if (status == FOB_OK)
        status = fob_profiles_load_kept(&profile->all, &paths,
                                        &request->agent->configs, error);
    return status == FOB_OK ? choose_meant(profile, error) : status;
}

void profile_free(struct profile *profile)
{
    fob_profiles_free(&profile->all);
    *profile = (struct profile){0};
}
