/* SPDX-License-Identifier: MIT */
/* The two files together: where they are, and the profiles in them. */
#include "host/base/text.h"
#include "host/config/profile.h"

#include <stdlib.h>
#include <string.h>

const char *fob_profile_env(const char *const *env, const char *name)
{
    size_t len = strlen(name);

    for (; *env != NULL; env++)
        if (strncmp(*env, name, len) == 0 && (*env)[len] == '=')
            return (*env)[len + 1] != '\0' ? *env + len + 1 : NULL;
    return NULL;
}

static enum fob_status profiles_find_path(const char *const *env,
                                          const char *variable,
                                          const char *file,
                                          char path[static FOB_PATH_MAX])
{
    const char *set = fob_profile_env(env, variable);
    const char *home = fob_profile_env(env, "HOME");

    if (set != NULL && strncmp(set, "~/", 2) != 0)
        return fob_text_copy(path, FOB_PATH_MAX, set);
    if (home == NULL)
        return FOB_E_NOT_FOUND;
    if (set != NULL)
        return fob_text_format(path, FOB_PATH_MAX, "%s/%s", home, set + 2);
    return fob_text_format(path, FOB_PATH_MAX, "%s/.aws/%s", home, file);
}

enum fob_status fob_profile_find_paths(const char *const *env,
                                       struct fob_profile_paths *paths,
                                       struct fob_error *error)
{
    enum fob_status status =
        profiles_find_path(env, "AWS_CONFIG_FILE", "config", paths->config);

    if (status == FOB_OK)
        status = profiles_find_path(env, "AWS_SHARED_CREDENTIALS_FILE",
                                    "credentials", paths->credentials);
    if (status == FOB_E_NOT_FOUND)
        fob_error_set(error, FOB_E_FAILED,
                      "HOME is not set, so there is no ~/.aws/config; set "
                      "HOME, or AWS_CONFIG_FILE and "
                      "AWS_SHARED_CREDENTIALS_FILE");
    else if (status != FOB_OK)
        fob_error_set(error, status,
                      "the path of the AWS config or credentials file is "
                      "longer than %d bytes",
                      FOB_PATH_MAX - 1);
    return status == FOB_E_NOT_FOUND ? FOB_E_FAILED : status;
}

const char *fob_profile_default(const char *const *env)
{
    const char *name = fob_profile_env(env, "AWS_PROFILE");

    if (name == NULL)
        name = fob_profile_env(env, "AWS_DEFAULT_PROFILE");
    return name != NULL ? name : "default";
}

/* Those of the credentials file that the config file lacks, into `names` if
 * that is not NULL; how many there are. */
static size_t profiles_find_more(const struct fob_profiles *profiles,
                                 const char **names)
{
    const struct fob_config *file = &profiles->credentials;
    size_t count = 0;

    for (size_t i = 0; i < file->profile_count; i++) {
        if (fob_config_find(&profiles->config, FOB_SECTION_PROFILE,
                            file->profiles[i]) != NULL)
            continue;
        if (names != NULL)
            names[count] = file->profiles[i];
        count++;
    }
    return count;
}

static enum fob_status profiles_list(struct fob_profiles *profiles,
                                     struct fob_error *error)
{
    const size_t first = profiles->config.profile_count;
    const size_t more = profiles_find_more(profiles, NULL);

    profiles->count = first + more;
    profiles->names = profiles->config.profiles;
    if (more == 0)
        return FOB_OK;
    profiles->own_names = calloc(first + more, sizeof(*profiles->own_names));
    if (profiles->own_names == NULL)
        return fob_error_no_memory(error);
    memcpy(profiles->own_names, profiles->config.profiles,
           first * sizeof(*profiles->own_names));
    profiles_find_more(profiles, profiles->own_names + first);
    profiles->names = profiles->own_names;
    return FOB_OK;
}

enum fob_status fob_profiles_load(struct fob_profiles *profiles,
                                  const struct fob_profile_paths *paths,
                                  struct fob_error *error)
{
    return fob_profiles_load_kept(profiles, paths, NULL, error);
}

enum fob_status fob_profiles_load_kept(struct fob_profiles *profiles,
                                       const struct fob_profile_paths *paths,
                                       struct fob_config_store *store,
                                       struct fob_error *error)
{
    enum fob_status status = FOB_OK;

    *profiles = (struct fob_profiles){.paths = *paths};
    status = fob_config_store_load(store, &profiles->config, FOB_CONFIG_NAMED,
                                   paths->config, error);
    if (status == FOB_OK)
        status =
            fob_config_store_load(store, &profiles->credentials,
                                  FOB_CONFIG_BARE, paths->credentials, error);
    if (status == FOB_OK)
        status = profiles_list(profiles, error);
    if (status != FOB_OK)
        fob_profiles_free(profiles);
    return status;
}

void fob_profiles_free(struct fob_profiles *profiles)
{
    fob_config_free(&profiles->config);
    fob_config_free(&profiles->credentials);
    free(profiles->own_names);
    *profiles = (struct fob_profiles){0};
}
