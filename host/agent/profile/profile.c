/* SPDX-License-Identifier: MIT */
#include "host/agent/profile/profile.h"

#include "host/base/text.h"

#include <stdlib.h>
#include <string.h>

enum {
    CONNECT_TIMEOUT_MS = 5000,
    TOTAL_TIMEOUT_MS = 30000,
    OWN_MAX = 4096, /* bytes of a variable of the agent's own */
};

static void put_variable(struct profile *profile, const void *data, size_t len)
{
    size_t count = 0;

    while (profile->env[count] != NULL)
        count++;
    if (count == ENV_MAX || memchr(data, '\0', len) != NULL)
        return;
    profile->env[count] =
        (const char *)profile->env_text.data + profile->env_text.len;
    if (fob_secret_append(&profile->env_text, data, len) != FOB_OK ||
        fob_secret_append(&profile->env_text, "", 1) != FOB_OK)
        profile->env[count] = NULL;
}

static size_t own_room(const char *name)
{
    const char *value = getenv(name);

    return value == NULL ? 0 : strlen(name) + strlen(value) + 2;
}

/* What the caller did not tell, or may not: see remote.h. */
static void put_own(struct profile *profile, const char *name)
{
    const char *value = getenv(name);
    char text[OWN_MAX];

    if (value != NULL && fob_profile_env(profile->env, name) == NULL &&
        fob_text_format(text, sizeof(text), "%s=%s", name, value) == FOB_OK)
        put_variable(profile, text, strlen(text));
}

/* Room for all is made first: the views must not move. */
static enum fob_status take_env(struct fob_request *request,
                                struct profile *profile)
{
    struct fob_reader fields;
    struct fob_field field;

    if (fob_secret_alloc(&profile->env_text, request->message.fields.len +
                                                 own_room("HOME") +
                                                 own_room("PATH")) != FOB_OK)
        return fob_error_set(&request->error, FOB_E_NO_MEMORY, "no memory");
    fob_message_fields(&request->message, &fields);
    while (!request->is_remote && fob_message_next(&fields, &field))
        if (field.tag == FOB_TAG_ENV)
            put_variable(profile, field.data, field.len);
    put_own(profile, "HOME");
    put_own(profile, "PATH");
    return FOB_OK;
}

static const char *either(const char *first, const char *second)
{
    return first != NULL ? first : second != NULL ? second : "";
}

static void find_network(struct profile *profile)
{
    const char *const *env = profile->env;
    const char *ca = fob_profile_get_ca_bundle(&profile->found, env);

    profile->network = (struct fob_call_network){
        .ca_bundle = ca == NULL ? "" : ca,
        .proxy = either(fob_profile_env(env, "HTTPS_PROXY"),
                        fob_profile_env(env, "https_proxy")),
        .no_proxy = either(fob_profile_env(env, "NO_PROXY"),
                           fob_profile_env(env, "no_proxy")),
        .connect_timeout_ms = CONNECT_TIMEOUT_MS,
        .total_timeout_ms = TOTAL_TIMEOUT_MS,
    };
}

static enum fob_status take_name(struct fob_request *request,
                                 struct profile *profile)
{
    enum fob_status status =
        fob_message_text(&request->message, FOB_TAG_PROFILE, profile->name,
                         sizeof(profile->name));

    if (status == FOB_E_NOT_FOUND)
        status = fob_text_format(profile->name, sizeof(profile->name), "%s",
                                 fob_profile_default(profile->env));
    if (status != FOB_OK)
        return fob_error_set(&request->error, FOB_E_USAGE,
                             "the profile's name is no name");
    return FOB_OK;
}

enum fob_status profile_load(struct fob_request *request,
                             struct profile *profile)
{
    struct fob_profile_paths paths;
    enum fob_status status;

    *profile = (struct profile){0};
    status = take_env(request, profile);
    if (status == FOB_OK)
        status = take_name(request, profile);
    if (status == FOB_OK)
        status = fob_profile_find_paths(profile->env, &paths, &request->error);
    if (status == FOB_OK)
        status = fob_profiles_load(&profile->all, &paths, &request->error);
    if (status == FOB_OK)
        status = fob_profile_find(&profile->all, profile->name, &profile->found,
                                  &request->error);
    if (status == FOB_OK)
        find_network(profile);
    return status;
}

void profile_free(struct profile *profile)
{
    fob_profiles_free(&profile->all);
    fob_secret_free(&profile->env_text);
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
    enum fob_status status =
        fob_profile_get_endpoint(&wanted, &options.url, error);

    if (status == FOB_OK)
        status = fob_profile_get_sts_legacy(&profile->found, profile->env,
                                            &options.legacy, error);
    if (options.url == NULL)
        options.url = "";
    if (status == FOB_OK)
        status = fob_endpoint_find(service, &options, endpoint, error);
    return status;
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
