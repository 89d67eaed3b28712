/* SPDX-License-Identifier: MIT */
#include "host/agent/profile/profile.h"

#include "host/agent/profile/profile_trust.h"
#include "host/base/text.h"

#include <stdlib.h>
#include <string.h>

enum {
    CONNECT_TIMEOUT_MS = 5000,
    TOTAL_TIMEOUT_MS = 30000,
};

static const char *first_of(const char *first, const char *second)
{
    return first != NULL ? first : second != NULL ? second : "";
}

static void find_network(struct profile *profile)
{
    const char *const *env = profile->env;
    const char *ca = fob_profile_get_ca_bundle(&profile->found, env);

    profile->network = (struct fob_call_network){
        .ca_bundle = ca == NULL ? "" : ca,
        .proxy = first_of(fob_profile_env(env, "HTTPS_PROXY"),
                          fob_profile_env(env, "https_proxy")),
        .no_proxy = first_of(fob_profile_env(env, "NO_PROXY"),
                             fob_profile_env(env, "no_proxy")),
        .connect_timeout_ms = CONNECT_TIMEOUT_MS,
        .total_timeout_ms = TOTAL_TIMEOUT_MS,
    };
    profile_trust_describe(profile->agent, &profile->network, profile->trust);
}

enum fob_status profile_choose(struct profile *profile, struct fob_error *error)
{
    enum fob_status status =
        fob_profile_find(&profile->all, profile->name, &profile->found, error);

    if (status == FOB_OK)
        find_network(profile);
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
    return status == FOB_OK ? profile_choose(profile, error) : status;
}

void profile_free(struct profile *profile)
{
    fob_profiles_free(&profile->all);
    *profile = (struct profile){0};
}

const char *profile_region(const struct profile *profile)
{
    const char *region = fob_profile_get_region(&profile->found, profile->env);

    return region == NULL ? "" : region;
}

static enum fob_status find_endpoint(const struct profile *profile,
                                     enum fob_service service,
                                     struct fob_endpoint *endpoint,
                                     struct fob_error *error)
{
    const struct fob_profile_endpoint wanted = {
        .profile = &profile->found,
        .service = service == FOB_STS ? "sts" : "iam",
        .env = profile->env};
    struct fob_endpoint_options options = {.region = profile_region(profile)};
    const char *bundle = profile->network.ca_bundle; /* NULL: doctor's */
    enum fob_status status =
        fob_profile_get_endpoint(&wanted, &options.url, error);

    if (status == FOB_OK)
        status = fob_profile_get_sts_legacy(&profile->found, profile->env,
                                            &options.legacy, error);
    if (options.url == NULL)
        options.url = "";
    if (status == FOB_OK)
        status = fob_endpoint_find(service, &options, endpoint, error);
    if (status != FOB_OK)
        return status;
    memcpy(endpoint->trust, profile->trust, sizeof(endpoint->trust));
    endpoint->is_aws =
        options.url[0] == '\0' && (bundle == NULL || bundle[0] == '\0');
    endpoint->may_be_far = profile->trusts_clock;
    return FOB_OK;
}

enum fob_status profile_endpoint(const struct profile *profile,
                                 struct fob_endpoint *endpoint,
                                 struct fob_error *error)
{
    return find_endpoint(profile, FOB_STS, endpoint, error);
}

enum fob_status profile_iam_endpoint(const struct profile *profile,
                                     struct fob_endpoint *endpoint,
                                     struct fob_error *error)
{
    return find_endpoint(profile, FOB_IAM, endpoint, error);
}
