/* SPDX-License-Identifier: MIT */
#include "host/config/foreign.h"

#include <string.h>

enum { CHAIN_MAX = 6 };

static const struct {
    const char *key;
    const char *from;
    const char
        *open; /* "aws OPEN --profile P" opens a session; NULL: nothing */
} kinds[] = {
    {"sso_session", "IAM Identity Center", "sso login"},
    {"sso_start_url", "IAM Identity Center", "sso login"},
    {"login_session", "a console login", "login"},
    {"web_identity_token_file", "a web identity token", NULL},
    {"credential_source", "the machine it runs on", NULL},
};

static bool has_setting(const struct fob_profile *profile, const char *key)
{
    const char *value = fob_profile_get(profile, key);

    return value != NULL && value[0] != '\0';
}

enum fob_status fob_foreign_check(const struct fob_profile *profile,
                                  struct fob_error *error)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        const char *open = kinds[i].open;

        if (!has_setting(profile, kinds[i].key))
            continue;
        fob_error_set(error, FOB_E_UNSUPPORTED,
                      "profile %s has %s: its credentials come from %s, not "
                      "from a long-term key, and SDKs get them without fob "
                      "(fob-aws-config(5) says how fob can, too)",
                      profile->name, kinds[i].key, kinds[i].from);
        if (open != NULL && open[0] == 's')
            fob_error_hint(error, "aws sso login --profile %s", profile->name);
        else if (open != NULL)
            fob_error_hint(error, "aws login --profile %s", profile->name);
        return FOB_E_UNSUPPORTED;
    }
    return FOB_OK;
}

enum fob_status fob_foreign_check_chain(const struct fob_profile *profile,
                                        struct fob_error *error)
{
    struct fob_profile at = *profile;
    enum fob_status status = fob_foreign_check(&at, error);

    for (int i = 0;
         status == FOB_OK && i < CHAIN_MAX && has_setting(&at, "role_arn") &&
         has_setting(&at, "source_profile");
         i++) {
        const char *name = at.name;

        status = fob_profile_get_source(&at, &at, error);
        if (status == FOB_OK && strcmp(name, at.name) == 0)
            break;
        if (status == FOB_OK)
            status = fob_foreign_check(&at, error);
    }
    return status;
}
