/* SPDX-License-Identifier: MIT */
#include "host/agent/devices/device_config.h"

#include "host/base/text.h"
#include "host/config/edit.h"
#include "host/config/profile.h"

#include <string.h>

static const char key[] = "mfa_serial";

/* With "" the key goes. */
static enum fob_status edit_profile(const char *path, enum fob_config_kind kind,
                                    const char *profile, const char *serial,
                                    struct fob_error *error)
{
    const struct fob_edit change = {
        .action = serial[0] == '\0' ? FOB_EDIT_REMOVE : FOB_EDIT_SET,
        .kind = kind,
        .profile = profile,
        .key = key,
        .value = serial,
    };

    return fob_edit_file(path, &change, error);
}

static bool names_device(const struct fob_config_section *section,
                         const char *serial)
{
    const struct fob_config_entry *found =
        section == NULL ? NULL : fob_config_own(section, key);

    return found != NULL && found->pairs == 0 &&
           strcmp(found->text, serial) == 0;
}

static enum fob_status replace_in(const struct journal_entry *entry,
                                  const struct fob_profile *profile,
                                  struct fob_error *error)
{
    enum fob_status status = FOB_OK;

    if (names_device(profile->config, entry->deleted))
        status = edit_profile(entry->config, FOB_CONFIG_NAMED, profile->name,
                              entry->created, error);
    if (status == FOB_OK && names_device(profile->credentials, entry->deleted))
        status = edit_profile(entry->credentials, FOB_CONFIG_BARE,
                              profile->name, entry->created, error);
    return status;
}

static enum fob_status replace_all(const struct journal_entry *entry,
                                   struct fob_error *error)
{
    struct fob_profile_paths paths;
    struct fob_profiles all = {0};
    struct fob_profile profile;
    enum fob_status status;

    (void)!fob_text_copy(paths.config, sizeof(paths.config), entry->config);
    (void)!fob_text_copy(paths.credentials, sizeof(paths.credentials),
                         entry->credentials);
    status = fob_profiles_load(&all, &paths, error);
    for (size_t i = 0; status == FOB_OK && i < all.count; i++) {
        status = fob_profile_find(&all, all.names[i], &profile, error);
        if (status == FOB_OK)
            status = replace_in(entry, &profile, error);
    }
    fob_profiles_free(&all);
    return status;
}

enum fob_status device_config_apply(const struct journal_entry *entry,
                                    struct fob_error *error)
{
    enum fob_status status = FOB_OK;

    if (entry->sets_profile)
        status = edit_profile(entry->config, FOB_CONFIG_NAMED, entry->profile,
                              entry->created, error);
    if (status == FOB_OK && entry->deleted[0] != '\0')
        status = replace_all(entry, error);
    return status;
}
