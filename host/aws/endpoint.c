/* SPDX-License-Identifier: MIT */
#include "host/aws/endpoint.h"

#include "host/aws/endpoint_check.h"
#include "host/aws/url.h"
#include "host/base/text.h"

#include <string.h>

/* With sts_regional_endpoints = legacy these share one endpoint; regions
 * opened later never did. */
static const char *const LEGACY_REGIONS[] = {
    "ap-northeast-1", "ap-south-1",   "ap-southeast-1", "ap-southeast-2",
    "aws-global",     "ca-central-1", "eu-central-1",   "eu-north-1",
    "eu-west-1",      "eu-west-2",    "eu-west-3",      "sa-east-1",
    "us-east-1",      "us-east-2",    "us-west-1",      "us-west-2",
};

static const char GLOBAL_REGION[] = "us-east-1";
static const char PSEUDO_REGION[] = "aws-global";

static bool ends_with(const char *text, const char *end)
{
    size_t len = strlen(text), end_len = strlen(end);

    return len >= end_len && strcmp(text + len - end_len, end) == 0;
}

/* Before use_fips_endpoint there were regions of such names, and SDKs know
 * them still. */
static void take_fips_region(struct endpoint_wanted *wanted)
{
    static const char before[] = "fips-", after[] = "-fips";
    char *region = wanted->region;
    size_t len = strlen(region);

    if (strncmp(region, before, strlen(before)) == 0)
        memmove(region, region + strlen(before), len - strlen(before) + 1);
    else if (ends_with(region, after))
        region[len - strlen(after)] = '\0';
    else
        return;
    wanted->variant |= FOB_VARIANT_FIPS;
}

/* The address that all regions share serves neither of the variants, nor does
 * an override, which is signed for the region asked for. */
static bool is_shared_sts(const struct endpoint_wanted *wanted)
{
    size_t count = sizeof(LEGACY_REGIONS) / sizeof(LEGACY_REGIONS[0]);

    if (wanted->variant != FOB_VARIANT_PLAIN)
        return false;
    if (wanted->region[0] == '\0' || strcmp(wanted->region, PSEUDO_REGION) == 0)
        return true;
    if (!wanted->options->legacy || *wanted->options->url != '\0')
        return false;
    for (size_t i = 0; i < count; i++)
        if (strcmp(wanted->region, LEGACY_REGIONS[i]) == 0)
            return true;
    return false;
}

static bool is_dualstack(const struct endpoint_wanted *wanted)
{
    return (wanted->variant & FOB_VARIANT_DUALSTACK) != 0;
}

/* In GovCloud the plain name is that of FIPS, too. */
static bool is_named_fips(const struct endpoint_wanted *wanted)
{
    return (wanted->variant & FOB_VARIANT_FIPS) != 0 &&
           (is_dualstack(wanted) || !wanted->partition->is_sts_fips);
}

static enum fob_status place_scope(const struct endpoint_wanted *wanted,
                                   struct fob_endpoint *endpoint)
{
    if (ends_with(wanted->region, "-global"))
        return FOB_OK;
    return fob_text_format(endpoint->scope, sizeof(endpoint->scope), "%s%s",
                           wanted->partition->name,
                           (wanted->variant & FOB_VARIANT_FIPS) != 0 ? " fips"
                                                                     : "");
}

static enum fob_status place_sts(const struct endpoint_wanted *wanted,
                                 struct fob_endpoint *endpoint)
{
    const struct fob_partition *partition = wanted->partition;
    const char *region = wanted->region;
    enum fob_status status;

    if (is_shared_sts(wanted) || strcmp(region, PSEUDO_REGION) == 0)
        region = GLOBAL_REGION;
    status = fob_text_copy(endpoint->region, sizeof(endpoint->region), region);
    if (status != FOB_OK || partition == NULL)
        return status;
    if (is_shared_sts(wanted))
        return fob_text_format(endpoint->url, sizeof(endpoint->url),
                               "https://sts.%s/", partition->suffix);
    status = fob_text_format(
        endpoint->url, sizeof(endpoint->url), "https://sts%s.%s.%s/",
        is_named_fips(wanted) ? "-fips" : "", wanted->region,
        is_dualstack(wanted) ? partition->dualstack : partition->suffix);
    return status == FOB_OK ? place_scope(wanted, endpoint) : status;
}

static enum fob_status place_iam(const struct endpoint_wanted *wanted,
                                 struct fob_endpoint *endpoint)
{
    const struct fob_partition_place *place;
    enum fob_status status;

    if (wanted->partition == NULL)
        return fob_text_copy(endpoint->region, sizeof(endpoint->region),
                             wanted->region);
    place = &wanted->partition->iam[wanted->variant];
    status = fob_text_copy(endpoint->region, sizeof(endpoint->region),
                           place->region);
    if (status != FOB_OK)
        return status;
    return fob_text_format(endpoint->url, sizeof(endpoint->url), "https://%s/",
                           place->host);
}

/* Take the URL apart again: what is signed is what is called. */
static enum fob_status endpoint_split(struct fob_endpoint *endpoint)
{
    struct fob_url url;
    enum fob_status status = fob_url_parse(endpoint->url, &url);

    if (status != FOB_OK)
        return status;
    if (*url.query != '\0' || url.path[url.path_len] == '?')
        return FOB_E_SYNTAX;
    status = fob_url_authority(&url, endpoint->host, sizeof(endpoint->host));
    if (status != FOB_OK)
        return status;
    return fob_text_copy(endpoint->path, sizeof(endpoint->path),
                         url.path_len > 0 ? url.path : "/");
}

static enum fob_status endpoint_fill(const struct endpoint_wanted *wanted,
                                     struct fob_endpoint *endpoint)
{
    const char *url = wanted->options->url;
    bool is_sts = wanted->service == FOB_STS;
    enum fob_status status;

    status = is_sts ? place_sts(wanted, endpoint) : place_iam(wanted, endpoint);
    if (status == FOB_OK)
        status = fob_text_copy(endpoint->service, sizeof(endpoint->service),
                               is_sts ? "sts" : "iam");
    if (status == FOB_OK && *url != '\0') {
        endpoint->scope[0] = '\0';
        status = fob_text_copy(endpoint->url, sizeof(endpoint->url), url);
    }
    return status == FOB_OK ? endpoint_split(endpoint) : status;
}

static void read_wanted(struct endpoint_wanted *wanted)
{
    const struct fob_endpoint_options *options = wanted->options;

    /* One that is too long is no region, and told as such. */
    if (fob_text_copy(wanted->region, sizeof(wanted->region),
                      options->region) != FOB_OK)
        wanted->region[0] = '\0';
    if (options->is_fips)
        wanted->variant |= FOB_VARIANT_FIPS;
    if (options->is_dualstack)
        wanted->variant |= FOB_VARIANT_DUALSTACK;
    take_fips_region(wanted);
    if (wanted->region[0] == '\0' && wanted->variant != FOB_VARIANT_PLAIN &&
        *options->region == '\0')
        (void)!fob_text_copy(wanted->region, sizeof(wanted->region),
                             GLOBAL_REGION);
    wanted->partition = fob_partition_of_region(wanted->region);
}

enum fob_status fob_endpoint_find(enum fob_service service,
                                  const struct fob_endpoint_options *options,
                                  struct fob_endpoint *endpoint,
                                  struct fob_error *error)
{
    struct endpoint_wanted wanted = {.service = service, .options = options};
    enum fob_status status;

    memset(endpoint, 0, sizeof(*endpoint));
    read_wanted(&wanted);
    status = endpoint_check(&wanted, error);
    if (status != FOB_OK)
        return status;
    status = endpoint_fill(&wanted, endpoint);
    if (status == FOB_OK)
        return FOB_OK;
    memset(endpoint, 0, sizeof(*endpoint));
    return endpoint_check_refuse_url(status, options, error);
}

const char *fob_endpoint_scope(const struct fob_endpoint *endpoint)
{
    return endpoint->scope[0] != '\0' ? endpoint->scope : endpoint->url;
}
