/* SPDX-License-Identifier: MIT */
#include "host/agent/profile/profile_alias.h"

#include "host/base/text.h"
#include "host/config/credential_process.h"

#include <string.h>

enum { ALIASES_MAX = 8 };

/* One that is only included is that profile's own affair; and SDKs would not
 * come to the command of one that has a role or a key. */
static bool find_meant(const struct fob_profile *profile,
                       char name[static FOB_NAME_MAX + 1])
{
    const char *by, *path;
    const char *line =
        fob_profile_get_from(profile, "credential_process", &by, &path);
    struct fob_profile_key pair;
    struct fob_error ignored;

    return line != NULL && by == profile->name &&
           fob_credential_process_read(line, name, FOB_NAME_MAX + 1) &&
           strcmp(name, profile->name) != 0 &&
           fob_profile_get(profile, "role_arn") == NULL &&
           fob_profile_get_key(profile, &pair, &ignored) != FOB_OK;
}

enum fob_status profile_alias_follow(struct profile *profile,
                                     struct fob_error *error)
{
    char name[FOB_NAME_MAX + 1], by[FOB_NAME_MAX + 1];
    enum fob_status status = FOB_OK;

    (void)!fob_text_copy(by, sizeof(by), profile->name);
    for (int i = 0; find_meant(&profile->found, name); i++) {
        if (i == ALIASES_MAX)
            return fob_error_set(error, FOB_E_SYNTAX,
                                 "the credential_process of profile %s leads "
                                 "through fob in a circle",
                                 by);
        memcpy(profile->name, name, sizeof(profile->name));
        status = fob_profile_find(&profile->all, name, &profile->found, error);
        if (status != FOB_OK)
            return status;
    }
    return FOB_OK;
}
