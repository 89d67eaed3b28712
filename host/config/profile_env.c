/* SPDX-License-Identifier: MIT */
/* Settings that the environment, too, may give. */
#include "host/base/text.h"
#include "host/config/profile.h"

#include <string.h>
#include <strings.h>

static const char *profile_unless_empty(const char *value)
{
    return value != NULL && value[0] != '\0' ? value : NULL;
}

/* The variable, else the setting. */
static const char *profile_either(const struct fob_profile *profile,
                                  const char *const *env, const char *variable,
                                  const char *key)
{
    const char *value = fob_profile_env(env, variable);

    return value != NULL ? value
                         : profile_unless_empty(fob_profile_get(profile, key));
}

const char *fob_profile_get_region(const struct fob_profile *profile,
                                   const char *const *env)
{
    const char *region = fob_profile_env(env, "AWS_REGION");

    return region != NULL
               ? region
               : profile_either(profile, env, "AWS_DEFAULT_REGION", "region");
}

const char *fob_profile_get_ca_bundle(const struct fob_profile *profile,
                                      const char *const *env)
{
    return profile_either(profile, env, "AWS_CA_BUNDLE", "ca_bundle");
}

enum fob_status fob_profile_get_sts_legacy(const struct fob_profile *profile,
                                           const char *const *env, bool *legacy,
                                           struct fob_error *error)
{
    const char *word = profile_either(
        profile, env, "AWS_STS_REGIONAL_ENDPOINTS", "sts_regional_endpoints");

    *legacy = word != NULL && strcmp(word, "legacy") == 0;
    if (word == NULL || *legacy || strcmp(word, "regional") == 0)
        return FOB_OK;
    return fob_error_set(error, FOB_E_SYNTAX,
                         "sts_regional_endpoints of profile %s must be "
                         "regional or legacy",
                         profile->name);
}

/* AWS_ENDPOINT_URL_<SERVICE> */
static const char *
profile_service_variable(const struct fob_profile_endpoint *wanted)
{
    char name[64];

    if (fob_text_format(name, sizeof(name), "AWS_ENDPOINT_URL_%s",
                        wanted->service) != FOB_OK)
        return NULL;
    for (char *at = name; *at != '\0'; at++)
        if (*at >= 'a' && *at <= 'z')
            *at = (char)(*at - 'a' + 'A');
    return fob_profile_env(wanted->env, name);
}

/* `endpoint_url` in the service's block of the section that `services`
 * names.  The section stands in the config file, never in the other one. */
static enum fob_status
profile_services_url(const struct fob_profile_endpoint *wanted,
                     const char **url, struct fob_error *error)
{
    const struct fob_config *config = &wanted->profile->all->config;
    const char *name = fob_profile_get(wanted->profile, "services");
    const struct fob_config_section *services = NULL;
    const struct fob_config_entry *block = NULL;

    if (name == NULL)
        return FOB_OK;
    services = fob_config_find(config, FOB_SECTION_SERVICES, name);
    if (services == NULL)
        return fob_error_set(error, FOB_E_SYNTAX,
                             "profile %s names [services %s], which is not "
                             "in %s",
                             wanted->profile->name, name,
                             wanted->profile->all->paths.config);
    block = fob_config_get(config, services, wanted->service);
    if (block != NULL)
        *url = profile_unless_empty(fob_config_sub(block, "endpoint_url"));
    return FOB_OK;
}

static bool profile_ignores_urls(const struct fob_profile_endpoint *wanted)
{
    const char *word = profile_either(wanted->profile, wanted->env,
                                      "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
                                      "ignore_configured_endpoint_urls");

    return word != NULL && strcasecmp(word, "true") == 0;
}

enum fob_status
fob_profile_get_endpoint(const struct fob_profile_endpoint *wanted,
                         const char **url, struct fob_error *error)
{
    enum fob_status status = FOB_OK;

    *url = NULL;
    if (profile_ignores_urls(wanted))
        return FOB_OK;
    *url = profile_service_variable(wanted);
    if (*url == NULL && !wanted->is_named_only)
        *url = fob_profile_env(wanted->env, "AWS_ENDPOINT_URL");
    if (*url == NULL)
        status = profile_services_url(wanted, url, error);
    if (status == FOB_OK && *url == NULL && !wanted->is_named_only)
        *url = profile_unless_empty(
            fob_profile_get(wanted->profile, "endpoint_url"));
    return status;
}
