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

static void profiles_add_names(struct fob_profiles *profiles,
                               const struct fob_config *file,
                               const struct fob_config *except)
{
    for (size_t i = 0; i < file->section_count; i++) {
        const struct fob_config_section *section = &file->sections[i];

        if (section->kind != FOB_SECTION_PROFILE || section->is_again)
            continue;
        if (except == NULL ||
            fob_config_find(except, FOB_SECTION_PROFILE, section->name) == NULL)
            profiles->names[profiles->count++] = section->name;
    }
}

static enum fob_status profiles_list(struct fob_profiles *profiles,
                                     struct fob_error *error)
{
    size_t room =
        profiles->config.section_count + profiles->credentials.section_count;

    profiles->names = calloc(room, sizeof(*profiles->names));
    if (profiles->names == NULL)
        return fob_error_no_memory(error);
    profiles_add_names(profiles, &profiles->config, NULL);
    profiles_add_names(profiles, &profiles->credentials, &profiles->config);
    return FOB_OK;
}

enum fob_status fob_profiles_load(struct fob_profiles *profiles,
                                  const struct fob_profile_paths *paths,
                                  struct fob_error *error)
{
    enum fob_status status = FOB_OK;

    *profiles = (struct fob_profiles){.paths = *paths};
    status = fob_config_load(&profiles->config, FOB_CONFIG_NAMED, paths->config,
                             error);
    if (status == FOB_OK)
        status = fob_config_load(&profiles->credentials, FOB_CONFIG_BARE,
                                 paths->credentials, error);
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
    free(profiles->names);
    *profiles = (struct fob_profiles){0};
}
