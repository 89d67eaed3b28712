/* SPDX-License-Identifier: MIT */
#include "host/aws/endpoint.h"

#include "host/aws/url.h"
#include "host/base/text.h"

#include <string.h>

struct partition {
    const char *prefix; /* of its regions; "" takes what is left */
    const char *suffix;
    const char *iam_host;
    const char *iam_region;
};

static const struct partition PARTITIONS[] = {
    {"cn-", "amazonaws.com.cn", "iam.cn-north-1.amazonaws.com.cn",
     "cn-north-1"},
    {"us-gov-", "amazonaws.com", "iam.us-gov.amazonaws.com", "us-gov-west-1"},
    {"", "amazonaws.com", "iam.amazonaws.com", "us-east-1"},
};

/* Regions of partitions that are not public. */
static const char *const FOREIGN[] = {"us-iso", "eu-iso", "eusc-"};

/* With sts_regional_endpoints = legacy these share one endpoint; regions
 * opened later never did. */
static const char *const LEGACY_REGIONS[] = {
    "ap-northeast-1", "ap-south-1",   "ap-southeast-1", "ap-southeast-2",
    "aws-global",     "ca-central-1", "eu-central-1",   "eu-north-1",
    "eu-west-1",      "eu-west-2",    "eu-west-3",      "sa-east-1",
    "us-east-1",      "us-east-2",    "us-west-1",      "us-west-2",
};

static const char GLOBAL_REGION[] = "us-east-1";

static bool starts_with(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

static bool is_region(const char *region)
{
    static const char label[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
    size_t len = strlen(region);

    return len > 0 && len <= FOB_REGION_MAX && strspn(region, label) == len &&
           region[0] != '-' && region[len - 1] != '-';
}

static const struct partition *find_partition(const char *region)
{
    const struct partition *partition = PARTITIONS;

    for (size_t i = 0; i < sizeof(FOREIGN) / sizeof(FOREIGN[0]); i++)
        if (starts_with(region, FOREIGN[i]))
            return NULL;
    while (!starts_with(region, partition->prefix))
        partition++;
    return partition;
}

/* Only the address that AWS shares between regions depends on `legacy`; an
 * override is signed for the region asked for. */
static bool sts_is_global(const struct fob_endpoint_options *options)
{
    size_t count = sizeof(LEGACY_REGIONS) / sizeof(LEGACY_REGIONS[0]);

    if (*options->region == '\0' || strcmp(options->region, "aws-global") == 0)
        return true;
    if (!options->legacy || *options->url != '\0')
        return false;
    for (size_t i = 0; i < count; i++)
        if (strcmp(options->region, LEGACY_REGIONS[i]) == 0)
            return true;
    return false;
}

static enum fob_status sts_place(const struct fob_endpoint_options *options,
                                 const struct partition *partition,
                                 struct fob_endpoint *endpoint)
{
    bool global = sts_is_global(options);
    const char *region = global ? GLOBAL_REGION : options->region;
    enum fob_status status;

    status = fob_text_copy(endpoint->region, sizeof(endpoint->region), region);
    if (status != FOB_OK)
        return status;
    return fob_text_format(endpoint->url, sizeof(endpoint->url),
                           "https://sts.%s%s%s/", global ? "" : region,
                           global ? "" : ".", partition->suffix);
}

static enum fob_status iam_place(const struct partition *partition,
                                 struct fob_endpoint *endpoint)
{
    enum fob_status status;

    status = fob_text_copy(endpoint->region, sizeof(endpoint->region),
                           partition->iam_region);
    if (status != FOB_OK)
        return status;
    return fob_text_format(endpoint->url, sizeof(endpoint->url), "https://%s/",
                           partition->iam_host);
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

static enum fob_status endpoint_fill(enum fob_service service,
                                     const struct fob_endpoint_options *options,
                                     const struct partition *partition,
                                     struct fob_endpoint *endpoint)
{
    bool sts = service == FOB_STS;
    enum fob_status status;

    status = sts ? sts_place(options, partition, endpoint)
                 : iam_place(partition, endpoint);
    if (status == FOB_OK)
        status = fob_text_copy(endpoint->service, sizeof(endpoint->service),
                               sts ? "sts" : "iam");
    if (status == FOB_OK && *options->url != '\0')
        status =
            fob_text_copy(endpoint->url, sizeof(endpoint->url), options->url);
    return status == FOB_OK ? endpoint_split(endpoint) : status;
}

static enum fob_status
endpoint_refuse(enum fob_status status,
                const struct fob_endpoint_options *options,
                struct fob_error *error)
{
    if (status == FOB_E_USAGE)
        fob_error_set(error, FOB_E_USAGE,
                      "endpoint %s is plain http to a host that is not "
                      "loopback",
                      options->url);
    else
        fob_error_set(error, FOB_E_USAGE,
                      "the endpoint given is not a URL such as "
                      "https://sts.example.com");
    fob_error_hint(error, "give an https URL in AWS_ENDPOINT_URL or "
                          "endpoint_url, or plain http to 127.0.0.1");
    return FOB_E_USAGE;
}

enum fob_status fob_endpoint_find(enum fob_service service,
                                  const struct fob_endpoint_options *options,
                                  struct fob_endpoint *endpoint,
                                  struct fob_error *error)
{
    const struct partition *partition = find_partition(options->region);
    enum fob_status status;

    memset(endpoint, 0, sizeof(*endpoint));
    if (*options->region != '\0' && !is_region(options->region))
        return fob_error_set(error, FOB_E_USAGE,
                             "the region given is not one such as us-east-1");
    if (partition == NULL)
        return fob_error_set(error, FOB_E_UNSUPPORTED,
                             "region %s is of a partition that fob does not "
                             "serve",
                             options->region);
    status = endpoint_fill(service, options, partition, endpoint);
    if (status == FOB_OK)
        return FOB_OK;
    memset(endpoint, 0, sizeof(*endpoint));
    return endpoint_refuse(status, options, error);
}
