/* SPDX-License-Identifier: MIT */
#include "host/cli/parts/setup_target.h"

#include "host/base/text.h"
#include "host/config/credential_process.h"
#include "host/config/foreign.h"

#include <string.h>
#include <unistd.h>

/* What SDKs take before they look at a profile's credential_process. */
static const char *const preferred[] = {
    "role_arn",      "web_identity_token_file", "sso_session",
    "sso_start_url", "login_session",
};

static bool asks_fob(const struct fob_profile *profile, const char *name)
{
    const char *line = fob_profile_get(profile, "credential_process");

    return line != NULL && fob_credential_process_is_own(line, name);
}

/* A setting that must stay and would win, or be lost; NULL when none. */
static const char *find_obstacle(const struct fob_profile *profile)
{
    const char *line = fob_profile_get(profile, "credential_process");

    for (size_t i = 0; i < sizeof(preferred) / sizeof(preferred[0]); i++)
        if (fob_profile_get(profile, preferred[i]) != NULL)
            return preferred[i];
    return line != NULL && !fob_credential_process_is_own(line, NULL)
               ? "credential_process"
               : NULL;
}

static enum fob_status set_name(struct setup_target *target, const char *name,
                                const char *end, struct fob_error *error)
{
    if (fob_text_format(target->name, sizeof(target->name), "%s%s", name,
                        end) != FOB_OK)
        return fob_error_set(error, FOB_E_USAGE,
                             "the profile's name is too long");
    return FOB_OK;
}

/* False when there is no such profile yet. */
static bool look_up(const struct setup_target *target, const char *name,
                    struct fob_profile *profile)
{
    struct fob_error ignored;

    return fob_profile_find(&target->all, name, profile, &ignored) == FOB_OK;
}

static enum fob_status choose_name(struct setup_target *target,
                                   const struct fob_profile *source,
                                   const char *as, bool is_removal,
                                   struct fob_error *error)
{
    const char *name = source->name;
    bool may_stay =
        is_removal ? asks_fob(source, name) : find_obstacle(source) == NULL;

    if (as != NULL)
        return set_name(target, as, "", error);
    return set_name(target, name, may_stay ? "" : "-fob", error);
}

static enum fob_status refuse_setting(const struct setup_target *target,
                                      const char *what, const char *profile,
                                      struct fob_error *error)
{
    char as[sizeof(target->name)];

    fob_error_set(error, FOB_E_USAGE,
                  "profile %s has %s of its own, which SDKs prefer or fob "
                  "needs",
                  target->name, what);
    if (fob_text_format(as, sizeof(as), "%s-fob", profile) == FOB_OK)
        fob_error_hint(error, "fob setup --as %s %s", as, profile);
    return FOB_E_USAGE;
}

/* A key of PROFILE itself can be moved into the vault; one of another
 * profile, or a temporary one, is not ours to move. */
static enum fob_status check_key(struct setup_target *target,
                                 const struct fob_profile *profile,
                                 bool is_source, struct fob_error *error)
{
    struct fob_profile_key key;
    enum fob_status status = fob_profile_get_key(profile, &key, error);

    if (status == FOB_E_NOT_FOUND) {
        fob_error_clear(error);
        return FOB_OK;
    }
    if (status != FOB_OK)
        return status;
    if (!is_source || key.token != NULL)
        return refuse_setting(target,
                              key.token != NULL ? "a temporary key" : "a key",
                              profile->name, error);
    target->key_in_way = key.path;
    return FOB_OK;
}

static enum fob_status check_target(struct setup_target *target,
                                    const struct fob_profile *source,
                                    struct fob_error *error)
{
    bool is_source = strcmp(target->name, source->name) == 0;
    struct fob_profile profile;
    const char *obstacle;

    if (!look_up(target, target->name, &profile)) {
        target->region = fob_profile_get(source, "region");
        return FOB_OK;
    }
    target->is_set_up = asks_fob(&profile, source->name);
    obstacle = find_obstacle(&profile);
    if (obstacle != NULL)
        return refuse_setting(target, obstacle, source->name, error);
    if (fob_profile_get(&profile, "region") == NULL)
        target->region = fob_profile_get(source, "region");
    return check_key(target, &profile, is_source, error);
}

/* Whether `profile` has the line and the region of `source`, and no more. */
static bool is_ours(const struct fob_profile *profile,
                    const struct fob_profile *source)
{
    const char *region = fob_profile_get(profile, "region");
    const char *of_source = fob_profile_get(source, "region");
    const struct fob_config_section *section = profile->config;

    if (section == NULL || profile->credentials != NULL ||
        strcmp(profile->name, source->name) == 0)
        return false;
    for (size_t i = 0; i < section->count; i++)
        if (strcmp(section->entries[i].key, "credential_process") != 0 &&
            strcmp(section->entries[i].key, "region") != 0)
            return false;
    return region == NULL ||
           (of_source != NULL && strcmp(region, of_source) == 0);
}

/* One that asks fob for another is that one's: as `fob setup` named it, it may
 * be in AWS_PROFILE. */
static enum fob_status follow_alias(struct setup_target *target,
                                    struct fob_profile *source, const char **as,
                                    bool is_removal, struct fob_error *error)
{
    const char *name, *path;
    const char *line =
        fob_profile_get_from(source, "credential_process", &name, &path);
    char meant[FOB_NAME_MAX + 1];
    struct fob_profile other;

    if (line == NULL || name != source->name ||
        !fob_credential_process_read(line, meant, sizeof(meant)) ||
        strcmp(meant, source->name) == 0)
        return fob_text_copy(target->meant, sizeof(target->meant),
                             source->name);
    if (*as == NULL)
        *as = source->name;
    memcpy(target->meant, meant, sizeof(meant));
    if (!is_removal)
        return fob_profile_find(&target->all, meant, source, error);
    if (look_up(target, meant, &other))
        *source = other;
    return FOB_OK;
}

enum fob_status setup_target_find(struct setup_target *target,
                                  const char *profile, const char *as,
                                  bool is_removal, struct fob_error *error)
{
    const char *const *env = (const char *const *)environ;
    struct fob_profile_paths paths;
    struct fob_profile source, found;
    enum fob_status status = fob_profile_find_paths(env, &paths, error);

    *target = (struct setup_target){0};
    if (status == FOB_OK)
        status = fob_profiles_load(&target->all, &paths, error);
    if (status == FOB_OK)
        status = fob_profile_find(&target->all, profile, &source, error);
    if (status == FOB_OK)
        status = follow_alias(target, &source, &as, is_removal, error);
    if (status == FOB_OK && !is_removal)
        status = fob_foreign_check_chain(&source, error);
    if (status == FOB_OK)
        status = choose_name(target, &source, as, is_removal, error);
    if (status == FOB_OK && !is_removal)
        return check_target(target, &source, error);
    if (status == FOB_OK && look_up(target, target->name, &found)) {
        target->is_set_up = asks_fob(&found, target->meant);
        target->is_ours = target->is_set_up && is_ours(&found, &source);
    }
    return status;
}

void setup_target_free(struct setup_target *target)
{
    fob_profiles_free(&target->all);
    *target = (struct setup_target){0};
}
