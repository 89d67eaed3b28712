/* SPDX-License-Identifier: MIT */
/* Settings that the environment, too, may give. */
#include "host/base/text.h"
#include "host/config/profile.h"

#include <string.h>
#include <strings.h>

enum { VARIABLES = 2 };

/* `no` and `yes`: the words of one that is a choice. */
static const struct {
    const char *variables[VARIABLES]; /* the first that is set counts */
    const char *key;
    const char *no;
    const char *yes;
} settings[] = {
    [FOB_PROFILE_REGION] = {{"AWS_REGION", "AWS_DEFAULT_REGION"},
                            "region",
                            NULL,
                            NULL},
    [FOB_PROFILE_CA_BUNDLE] = {{"AWS_CA_BUNDLE", NULL},
                               "ca_bundle",
                               NULL,
                               NULL},
    [FOB_PROFILE_STS_LEGACY] = {{"AWS_STS_REGIONAL_ENDPOINTS", NULL},
                                "sts_regional_endpoints",
                                "regional",
                                "legacy"},
    [FOB_PROFILE_FIPS] = {{"AWS_USE_FIPS_ENDPOINT", NULL},
                          "use_fips_endpoint",
                          "false",
                          "true"},
    [FOB_PROFILE_DUALSTACK] = {{"AWS_USE_DUALSTACK_ENDPOINT", NULL},
                               "use_dualstack_endpoint",
                               "false",
                               "true"},
    [FOB_PROFILE_IGNORE_URLS] = {{"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", NULL},
                                 "ignore_configured_endpoint_urls",
                                 "false",
                                 "true"},
};

static const char *profile_unless_empty(const char *value)
{
    return value != NULL && value[0] != '\0' ? value : NULL;
}

static bool profile_find_variable(const char *const *env, const char *name,
                                  struct fob_profile_setting *setting)
{
    setting->value = fob_profile_env(env, name);
    return setting->value != NULL &&
           fob_text_copy(setting->variable, sizeof(setting->variable), name) ==
               FOB_OK;
}

static bool profile_find_key(const struct fob_profile *profile, const char *key,
                             struct fob_profile_setting *setting)
{
    *setting = (struct fob_profile_setting){0};
    setting->value = profile_unless_empty(
        fob_profile_get_from(profile, key, &setting->profile, &setting->path));
    return setting->value != NULL;
}

bool fob_profile_find_setting(const struct fob_profile *profile,
                              const char *const *env,
                              enum fob_profile_choice which,
                              struct fob_profile_setting *setting)
{
    *setting = (struct fob_profile_setting){0};
    for (size_t i = 0; i < VARIABLES; i++) {
        const char *variable = settings[which].variables[i];

        if (variable != NULL && profile_find_variable(env, variable, setting))
            return true;
    }
    return profile_find_key(profile, settings[which].key, setting);
}

enum fob_status
fob_profile_read_choice(const struct fob_profile_setting *setting,
                        enum fob_profile_choice which, bool *is_yes,
                        struct fob_error *error)
{
    const char *no = settings[which].no, *yes = settings[which].yes;
    char place[FOB_ERROR_TEXT_MAX + 1];

    *is_yes = setting->value != NULL && strcasecmp(setting->value, yes) == 0;
    if (setting->value == NULL || *is_yes ||
        strcasecmp(setting->value, no) == 0)
        return FOB_OK;
    fob_profile_show_setting(setting, place, sizeof(place));
    return fob_error_set(
        error, setting->variable[0] != '\0' ? FOB_E_USAGE : FOB_E_SYNTAX,
        "%s must be %s or %s, not \"%.64s\" (%s)", settings[which].key, no, yes,
        setting->value, place);
}

void fob_profile_show_setting(const struct fob_profile_setting *setting,
                              char *text, size_t cap)
{
    enum fob_status status;

    if (setting->variable[0] != '\0')
        status = fob_text_copy(text, cap, setting->variable);
    else if (setting->profile == NULL)
        status = FOB_E_NOT_FOUND;
    else
        status = fob_text_format(text, cap, "profile %s in %s",
                                 setting->profile, setting->path);
    if (status != FOB_OK)
        text[0] = '\0';
}

/* AWS_ENDPOINT_URL_<SERVICE> */
static bool
profile_find_service_variable(const struct fob_profile_endpoint *wanted,
                              struct fob_profile_setting *url)
{
    char name[FOB_PROFILE_VARIABLE_MAX + 1];

    if (fob_text_format(name, sizeof(name), "AWS_ENDPOINT_URL_%s",
                        wanted->service) != FOB_OK)
        return false;
    for (char *at = name; *at != '\0'; at++)
        if (*at >= 'a' && *at <= 'z')
            *at = (char)(*at - 'a' + 'A');
    return profile_find_variable(wanted->env, name, url);
}

/* `endpoint_url` in the service's block of the section that `services`
 * names.  The section stands in the config file, never in the other one. */
static enum fob_status
profile_services_url(const struct fob_profile_endpoint *wanted,
                     struct fob_profile_setting *url, struct fob_error *error)
{
    const struct fob_config *config = &wanted->profile->all->config;
    const struct fob_config_section *services = NULL;
    const struct fob_config_entry *block = NULL;

    if (!profile_find_key(wanted->profile, "services", url))
        return FOB_OK;
    services = fob_config_find(config, FOB_SECTION_SERVICES, url->value);
    if (services == NULL)
        return fob_error_set(error, FOB_E_SYNTAX,
                             "profile %s names [services %s], which is not "
                             "in %s",
                             wanted->profile->name, url->value,
                             wanted->profile->all->paths.config);
    block = fob_config_get(config, services, wanted->service);
    url->value =
        block == NULL
            ? NULL
            : profile_unless_empty(fob_config_sub(block, "endpoint_url"));
    return FOB_OK;
}

enum fob_status
fob_profile_get_endpoint(const struct fob_profile_endpoint *wanted,
                         struct fob_profile_setting *url,
                         struct fob_error *error)
{
    enum fob_status status;

    if (profile_find_service_variable(wanted, url) ||
        (!wanted->is_named_only &&
         profile_find_variable(wanted->env, "AWS_ENDPOINT_URL", url)))
        return FOB_OK;
    status = profile_services_url(wanted, url, error);
    if (status == FOB_OK && url->value == NULL && !wanted->is_named_only)
        (void)profile_find_key(wanted->profile, "endpoint_url", url);
    if (status != FOB_OK || url->value == NULL)
        *url = (struct fob_profile_setting){0};
    return status;
}
