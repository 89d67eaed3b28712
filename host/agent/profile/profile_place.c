/* SPDX-License-Identifier: MIT */
#include "host/agent/profile/profile_place.h"

#include "host/agent/profile/profile_trust.h"
#include "host/aws/arn.h"
#include "host/aws/partition/partition.h"
#include "host/base/text.h"

#include <string.h>

enum {
    CONNECT_TIMEOUT_MS = 5000,
    TOTAL_TIMEOUT_MS = 30000,
};

bool profile_place_setting(const struct profile *profile,
                           enum fob_profile_choice which, size_t from,
                           struct fob_profile_setting *setting)
{
    for (size_t i = 0; i < profile->place_count; i++) {
        const struct fob_profile *place =
            &profile->places[(from + i) % profile->place_count];

        if (fob_profile_find_setting(place, profile->env, which, setting))
            return true;
    }
    return false;
}

enum fob_status profile_place_choice(const struct profile *profile,
                                     enum fob_profile_choice which,
                                     bool *is_yes,
                                     struct fob_profile_setting *setting,
                                     struct fob_error *error)
{
    *setting = (struct fob_profile_setting){0};
    (void)profile_place_setting(profile, which, 0, setting);
    return fob_profile_read_choice(setting, which, is_yes, error);
}

static const char *first_of(const char *first, const char *second)
{
    return first != NULL ? first : second != NULL ? second : "";
}

static void find_network(struct profile *profile)
{
    const char *const *env = profile->env;
    struct fob_profile_setting ca;
    bool has_ca = profile_place_setting(profile, FOB_PROFILE_CA_BUNDLE, 0, &ca);

    profile->network = (struct fob_call_network){
        .ca_bundle = has_ca ? ca.value : "",
        .proxy = first_of(fob_profile_env(env, "HTTPS_PROXY"),
                          fob_profile_env(env, "https_proxy")),
        .no_proxy = first_of(fob_profile_env(env, "NO_PROXY"),
                             fob_profile_env(env, "no_proxy")),
        .connect_timeout_ms = CONNECT_TIMEOUT_MS,
        .total_timeout_ms = TOTAL_TIMEOUT_MS,
    };
    profile_trust_describe(profile->agent, &profile->network, profile->trust);
}

static void add_place(struct profile *profile, const struct fob_profile *place)
{
    if (profile->place_count < PROFILE_PLACES_MAX)
        profile->places[profile->place_count++] = *place;
}

void profile_place_find(struct profile *profile,
                        const struct fob_profile *asked_by)
{
    struct fob_profile at = profile->found;
    struct fob_error ignored;

    profile->place_count = 0;
    if (asked_by != NULL)
        add_place(profile, asked_by);
    add_place(profile, &at);
    while (profile->place_count < PROFILE_PLACES_MAX &&
           fob_profile_get_source(&at, &at, &ignored) == FOB_OK)
        add_place(profile, &at);
    find_network(profile);
}

void profile_place_inherit(struct profile *profile, const struct profile *asked)
{
    profile->place_count = 0;
    add_place(profile, &profile->found);
    for (size_t i = 0; i < asked->place_count; i++)
        add_place(profile, &asked->places[i]);
    find_network(profile);
}

void profile_place_take(struct profile *profile, const struct profile *of)
{
    memcpy(profile->places, of->places, sizeof(profile->places));
    profile->place_count = of->place_count;
    profile->network = of->network;
    memcpy(profile->trust, of->trust, sizeof(profile->trust));
}

enum fob_status profile_place_url(const struct profile *profile,
                                  const char *service, bool is_named_only,
                                  struct profile_url *url,
                                  struct fob_error *error)
{
    struct fob_profile_setting ignored;
    bool is_ignored;
    enum fob_status status = profile_place_choice(
        profile, FOB_PROFILE_IGNORE_URLS, &is_ignored, &ignored, error);

    *url = (struct profile_url){0};
    for (size_t i = 0; status == FOB_OK && !is_ignored &&
                       url->setting.value == NULL && i < profile->place_count;
         i++) {
        const struct fob_profile_endpoint wanted = {
            .profile = &profile->places[i],
            .service = service,
            .env = profile->env,
            .is_named_only = is_named_only};

        url->place = i;
        status = fob_profile_get_endpoint(&wanted, &url->setting, error);
    }
    return status;
}

static bool find_witness(const struct profile *profile, const char *key,
                         struct profile_witness *witness)
{
    for (size_t i = 0; i < profile->place_count; i++) {
        const char *text = fob_profile_get(&profile->places[i], key);
        struct fob_arn arn;

        if (text == NULL || fob_arn_parse(text, &arn) != FOB_OK)
            continue;
        *witness = (struct profile_witness){
            .partition = fob_partition_of_name(arn.partition),
            .profile = &profile->places[i],
            .key = key};
        return true;
    }
    return false;
}

struct profile_witness profile_place_witness(const struct profile *profile)
{
    struct profile_witness witness = {0};

    if (!find_witness(profile, "role_arn", &witness))
        (void)find_witness(profile, "mfa_serial", &witness);
    return witness;
}

const char *profile_region(const struct profile *profile)
{
    struct fob_profile_setting region;

    return profile_place_setting(profile, FOB_PROFILE_REGION, 0, &region)
               ? region.value
               : "";
}

enum fob_status profile_place_variant(const struct profile *profile,
                                      unsigned *variant,
                                      struct fob_error *error)
{
    struct fob_profile_setting ignored;
    bool is_fips, is_dualstack = false;
    enum fob_status status = profile_place_choice(profile, FOB_PROFILE_FIPS,
                                                  &is_fips, &ignored, error);

    if (status == FOB_OK)
        status = profile_place_choice(profile, FOB_PROFILE_DUALSTACK,
                                      &is_dualstack, &ignored, error);
    *variant = (is_fips ? (unsigned)FOB_VARIANT_FIPS : 0) +
               (is_dualstack ? (unsigned)FOB_VARIANT_DUALSTACK : 0);
    return status;
}
