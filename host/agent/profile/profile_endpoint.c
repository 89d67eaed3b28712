/* SPDX-License-Identifier: MIT */
/* Where STS and IAM are for a profile. */
#include "host/agent/profile/profile_place.h"
#include "host/aws/partition/partition.h"

#include <string.h>

enum { SHOWN_MAX = 255 };

/* Texts that the options of an endpoint point to. */
struct option_places {
    char region[SHOWN_MAX + 1];
    char url[SHOWN_MAX + 1];
    char fips[SHOWN_MAX + 1];
    char dualstack[SHOWN_MAX + 1];
};

static const char *show_setting(const struct fob_profile_setting *setting,
                                char text[static SHOWN_MAX + 1])
{
    fob_profile_show_setting(setting, text, SHOWN_MAX + 1);
    return text[0] != '\0' ? text : NULL;
}

static enum fob_status read_variant(const struct profile *profile,
                                    struct fob_endpoint_options *options,
                                    struct option_places *places,
                                    struct fob_error *error)
{
    struct fob_profile_setting setting;
    enum fob_status status = profile_place_choice(
        profile, FOB_PROFILE_FIPS, &options->is_fips, &setting, error);

    if (status != FOB_OK)
        return status;
    options->fips_from = show_setting(&setting, places->fips);
    status = profile_place_choice(profile, FOB_PROFILE_DUALSTACK,
                                  &options->is_dualstack, &setting, error);
    if (status == FOB_OK)
        options->dualstack_from = show_setting(&setting, places->dualstack);
    return status;
}

/* That of whoever set the endpoint, if a profile did, goes with it.  Without
 * one, `aws` has an endpoint that is nobody's region. */
static void read_region(const struct profile *profile, size_t from,
                        struct fob_endpoint_options *options,
                        struct option_places *places)
{
    struct fob_profile_setting region;
    const struct fob_partition *partition;

    options->region = "";
    if (profile_place_setting(profile, FOB_PROFILE_REGION, from, &region)) {
        options->region = region.value;
        options->region_from = show_setting(&region, places->region);
        return;
    }
    partition = profile_place_witness(profile).partition;
    if (partition != NULL && partition != fob_partition_of_region(""))
        options->region = partition->region;
}

static enum fob_status read_options(const struct profile *profile,
                                    enum fob_service service,
                                    struct fob_endpoint_options *options,
                                    struct option_places *places,
                                    struct fob_error *error)
{
    struct fob_profile_setting ignored;
    struct profile_url url;
    enum fob_status status = profile_place_url(
        profile, service == FOB_STS ? "sts" : "iam", false, &url, error);
    bool has_url = status == FOB_OK && url.setting.value != NULL;

    *options = (struct fob_endpoint_options){.url = ""};
    read_region(profile, has_url ? url.place : 0, options, places);
    if (has_url) {
        options->url = url.setting.value;
        options->url_from = show_setting(&url.setting, places->url);
    }
    if (status == FOB_OK)
        status = read_variant(profile, options, places, error);
    if (status == FOB_OK)
        status = profile_place_choice(profile, FOB_PROFILE_STS_LEGACY,
                                      &options->legacy, &ignored, error);
    return status;
}

/* AWS would say that it knows no such key, after a code was spent. */
static enum fob_status check_partition(const struct profile *profile,
                                       const struct fob_endpoint_options *asked,
                                       struct fob_error *error)
{
    const struct profile_witness witness = profile_place_witness(profile);
    const struct fob_partition *region = fob_partition_of_region(asked->region);

    if (asked->url[0] != '\0' || asked->region[0] == '\0' || region == NULL ||
        witness.partition == NULL || region == witness.partition)
        return FOB_OK;
    fob_error_set(error, FOB_E_USAGE,
                  "region %.64s (%s) is of partition %s, but the %s of profile "
                  "%s of %s",
                  asked->region,
                  asked->region_from != NULL ? asked->region_from : "default",
                  region->name, witness.key, witness.profile->name,
                  witness.partition->name);
    fob_error_advise(error, "set a region of that partition, and unset "
                            "AWS_REGION and AWS_DEFAULT_REGION");
    return FOB_E_USAGE;
}

static enum fob_status find_endpoint(const struct profile *profile,
                                     enum fob_service service,
                                     struct fob_endpoint *endpoint,
                                     struct fob_error *error)
{
    const char *bundle = profile->network.ca_bundle;
    struct fob_endpoint_options options;
    struct option_places places;
    enum fob_status status =
        read_options(profile, service, &options, &places, error);

    if (status == FOB_OK)
        status = check_partition(profile, &options, error);
    if (status == FOB_OK)
        status = fob_endpoint_find(service, &options, endpoint, error);
    if (status != FOB_OK)
        return status;
    memcpy(endpoint->trust, profile->trust, sizeof(endpoint->trust));
    endpoint->is_aws = options.url[0] == '\0' && bundle[0] == '\0';
    endpoint->may_be_far = profile->trusts_clock;
    return FOB_OK;
}

enum fob_status profile_endpoint(const struct profile *profile,
                                 struct fob_endpoint *endpoint,
                                 struct fob_error *error)
{
    return find_endpoint(profile, FOB_STS, endpoint, error);
}

enum fob_status profile_iam_endpoint(const struct profile *profile,
                                     struct fob_endpoint *endpoint,
                                     struct fob_error *error)
{
    return find_endpoint(profile, FOB_IAM, endpoint, error);
}
