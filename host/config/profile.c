/* SPDX-License-Identifier: MIT */
/* One profile: its settings from both files and from what it includes. */
#include "host/config/profile.h"

#include "host/base/text.h"
#include "host/config/misread.h"
#include "host/config/nearest.h"

#include <string.h>

enum {
    PROFILE_INCLUDES_MAX = 16,
    DURATION_S_MIN = 900,
    DURATION_S_MAX = 129600,
};

static bool profile_look_up(const struct fob_profiles *profiles,
                            const char *name, struct fob_profile *profile)
{
    *profile = (struct fob_profile){
        .all = profiles,
        .config = fob_config_find(&profiles->config, FOB_SECTION_PROFILE, name),
        .credentials =
            fob_config_find(&profiles->credentials, FOB_SECTION_PROFILE, name),
    };
    if (profile->config != NULL)
        profile->name = profile->config->name;
    else if (profile->credentials != NULL)
        profile->name = profile->credentials->name;
    return profile->name != NULL;
}

/* A key of the profile itself: the credentials file's, else the config
 * file's. */
static const struct fob_config_entry *
profile_own(const struct fob_profile *profile, const char *key,
            const char **path)
{
    const struct fob_config_entry *entry = NULL;

    *path = profile->all->paths.credentials;
    if (profile->credentials != NULL)
        entry = fob_config_get(&profile->all->credentials, profile->credentials,
                               key);
    if (entry != NULL || profile->config == NULL)
        return entry;
    *path = profile->all->paths.config;
    return fob_config_get(&profile->all->config, profile->config, key);
}

static const char *profile_value(const struct fob_config_entry *entry)
{
    return entry != NULL && entry->pairs == 0 ? entry->text : NULL;
}

/* The name that include_profile gives, or NULL. */
static const char *profile_include(const struct fob_profile *profile)
{
    const char *path;

    return profile_value(profile_own(profile, "include_profile", &path));
}

static enum fob_status profile_check_includes(const struct fob_profile *profile,
                                              struct fob_error *error)
{
    struct fob_profile at = *profile;
    const char *include = profile_include(&at);

    for (int i = 0; include != NULL && i < PROFILE_INCLUDES_MAX; i++) {
        const char *by = at.name;

        if (!profile_look_up(profile->all, include, &at))
            return fob_error_set(error, FOB_E_SYNTAX,
                                 "profile %s includes profile %s, which is "
                                 "not there; mend its include_profile",
                                 by, include);
        include = profile_include(&at);
    }
    if (include != NULL)
        return fob_error_set(error, FOB_E_SYNTAX,
                             "the include_profile settings of profile %s go "
                             "in a circle or more than %d deep; mend them",
                             profile->name, PROFILE_INCLUDES_MAX);
    return FOB_OK;
}

/* A section that was to be it, and is read as such by nobody. */
static enum fob_status profile_say_misread(const struct fob_misread *misread,
                                           struct fob_error *error)
{
    fob_error_set(error, FOB_E_NOT_FOUND,
                  "no profile %s: no AWS program reads line %u of %s as its "
                  "header; it has to be %s",
                  misread->name, misread->line, misread->path, misread->header);
    fob_error_hint(error, "fob doctor");
    return FOB_E_NOT_FOUND;
}

/* Of several that are near, or that only hold the name, none is proposed: it
 * may be another account. */
static void profile_hint_unknown(const struct fob_profiles *profiles,
                                 const char *name,
                                 const struct nearest *nearest,
                                 struct fob_error *error)
{
    if (nearest->slips == 1)
        fob_error_hint(error, "if that is the one, run it again with it: %s",
                       nearest->names[0]);
    else if (profiles->count > 0)
        fob_error_hint(error, "fob profiles");
    else
        fob_error_hint(error, "aws configure --profile %s", name);
}

static enum fob_status profile_say_unknown(const struct fob_profiles *profiles,
                                           const char *name,
                                           struct fob_error *error)
{
    struct nearest nearest =
        nearest_find(profiles->names, profiles->count, name);
    bool one = nearest.count > 0;
    bool two = nearest.count > 1;
    struct fob_misread misread;

    if (fob_misread_find(profiles, name, &misread))
        return profile_say_misread(&misread, error);
    fob_error_set(
        error, FOB_E_NOT_FOUND, "no profile %s%s%s%s%s%s in %s or %s%s", name,
        one ? " (nearest: " : "", one ? nearest.names[0] : "", two ? ", " : "",
        two ? nearest.names[1] : "", one ? ")" : "", profiles->paths.config,
        profiles->paths.credentials,
        profiles->count > 0 ? ""
                            : ", nor any other (with IAM Identity Center: aws "
                              "configure sso)");
    profile_hint_unknown(profiles, name, &nearest, error);
    return FOB_E_NOT_FOUND;
}

enum fob_status fob_profile_find(const struct fob_profiles *profiles,
                                 const char *name, struct fob_profile *profile,
                                 struct fob_error *error)
{
    enum fob_status status = FOB_OK;

    if (!profile_look_up(profiles, name, profile))
        status = profile_say_unknown(profiles, name, error);
    else
        status = profile_check_includes(profile, error);
    if (status != FOB_OK)
        *profile = (struct fob_profile){0};
    return status;
}

/* Long-term keys and what belongs to them are never included. */
static bool profile_is_included(const char *key)
{
    return strncmp(key, "aws_", 4) != 0;
}

const char *fob_profile_get_from(const struct fob_profile *profile,
                                 const char *key, const char **name,
                                 const char **path)
{
    struct fob_profile at = *profile;
    const struct fob_config_entry *entry = profile_own(&at, key, path);
    const char *include =
        profile_is_included(key) ? profile_include(&at) : NULL;

    for (int i = 0; entry == NULL && include != NULL; i++) {
        if (i == PROFILE_INCLUDES_MAX ||
            !profile_look_up(profile->all, include, &at))
            break;
        entry = profile_own(&at, key, path);
        include = profile_include(&at);
    }
    *name = at.name;
    return profile_value(entry);
}

const char *fob_profile_get(const struct fob_profile *profile, const char *key)
{
    const char *name, *path;

    return fob_profile_get_from(profile, key, &name, &path);
}

enum fob_status fob_profile_duration(const struct fob_profile *profile,
                                     uint32_t *duration_s,
                                     struct fob_error *error)
{
    static const char key[] = "duration_seconds";
    const char *text = fob_profile_get(profile, key);
    uint64_t value = 0;

    *duration_s = 0;
    if (text == NULL)
        return FOB_OK;
    if (fob_text_number(text, DURATION_S_MAX, &value) != FOB_OK ||
        value < DURATION_S_MIN)
        return fob_error_set(error, FOB_E_SYNTAX,
                             "%s of profile %s is not a number of %d to %d; "
                             "mend it in %s",
                             key, profile->name, DURATION_S_MIN, DURATION_S_MAX,
                             profile->all->paths.config);
    *duration_s = (uint32_t)value;
    return FOB_OK;
}

enum fob_status fob_profile_get_source(const struct fob_profile *profile,
                                       struct fob_profile *source,
                                       struct fob_error *error)
{
    const struct fob_profile by = *profile; /* may be the same as *source */
    const char *name = fob_profile_get(&by, "source_profile");

    *source = (struct fob_profile){0};
    if (name == NULL)
        return fob_error_set(error, FOB_E_NOT_FOUND,
                             "profile %s has no source_profile", by.name);
    if (!profile_look_up(by.all, name, source))
        return fob_error_set(error, FOB_E_NOT_FOUND,
                             "profile %s names %s as its source_profile, "
                             "which is not there",
                             by.name, name);
    return profile_check_includes(source, error);
}
