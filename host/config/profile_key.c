/* SPDX-License-Identifier: MIT */
/* The plaintext key pair of a profile. */
#include "host/config/profile.h"

/* One file's half of the question. */
struct profile_file {
    const struct fob_config *config;
    const struct fob_config_section *section;
    const char *path;
    enum fob_config_kind kind;
};

static const char *profile_key_part(const struct profile_file *file,
                                    const char *name)
{
    const struct fob_config_entry *entry =
        fob_config_get(file->config, file->section, name);

    return entry != NULL && entry->pairs == 0 && entry->text[0] != '\0'
               ? entry->text
               : NULL;
}

static bool profile_key_is_in(const struct profile_file *file)
{
    return file->section != NULL && fob_config_get(file->config, file->section,
                                                   "aws_access_key_id") != NULL;
}

static enum fob_status profile_key_take(const struct fob_profile *profile,
                                        const struct profile_file *file,
                                        struct fob_profile_key *key,
                                        struct fob_error *error)
{
    struct fob_profile_key found = {
        .id = profile_key_part(file, "aws_access_key_id"),
        .secret = profile_key_part(file, "aws_secret_access_key"),
        .token = profile_key_part(file, "aws_security_token"),
        .path = file->path,
        .kind = file->kind,
    };

    if (found.token == NULL)
        found.token = profile_key_part(file, "aws_session_token");
    if (found.id == NULL || found.secret == NULL)
        return fob_error_set(error, FOB_E_SYNTAX,
                             "profile %s has half a key pair in %s: %s is "
                             "missing or empty",
                             profile->name, file->path,
                             found.id == NULL ? "aws_access_key_id"
                                              : "aws_secret_access_key");
    *key = found;
    return FOB_OK;
}

enum fob_status fob_profile_get_key(const struct fob_profile *profile,
                                    struct fob_profile_key *key,
                                    struct fob_error *error)
{
    const struct fob_profiles *all = profile->all;
    struct profile_file files[] = {
        {&all->credentials, profile->credentials, all->paths.credentials,
         FOB_CONFIG_BARE},
        {&all->config, profile->config, all->paths.config, FOB_CONFIG_NAMED},
    };

    *key = (struct fob_profile_key){0};
    for (size_t i = 0; i < 2; i++)
        if (profile_key_is_in(&files[i]))
            return profile_key_take(profile, &files[i], key, error);
    return fob_error_set(
        error, FOB_E_NOT_FOUND, "profile %s has no access key in %s or %s",
        profile->name, all->paths.credentials, all->paths.config);
}
