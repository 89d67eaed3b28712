/* SPDX-License-Identifier: MIT */
#include "host/aws/endpoint_check.h"

#include "host/base/text.h"

#include <string.h>

static bool is_region(const char *region)
{
    static const char label[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
    size_t len = strlen(region);

    return len > 0 && len <= FOB_REGION_MAX && strspn(region, label) == len &&
           region[0] != '-' && region[len - 1] != '-';
}

/* Where a setting stands, to be put between words. */
static const char *show_place(const char *from, char *text, size_t cap)
{
    if (from == NULL || fob_text_format(text, cap, " (%s)", from) != FOB_OK)
        text[0] = '\0';
    return text;
}

enum fob_status
endpoint_check_refuse_url(enum fob_status status,
                          const struct fob_endpoint_options *options,
                          struct fob_error *error)
{
    char place[FOB_ERROR_TEXT_MAX + 1];

    show_place(options->url_from, place, sizeof(place));
    if (status == FOB_E_USAGE)
        fob_error_set(error, FOB_E_USAGE,
                      "endpoint %s%s is plain http to a host that is not "
                      "loopback",
                      options->url, place);
    else
        fob_error_set(error, FOB_E_USAGE,
                      "the endpoint given%s is not a URL such as "
                      "https://sts.example.com",
                      place);
    fob_error_hint(error, "give an https URL in AWS_ENDPOINT_URL or "
                          "endpoint_url, or plain http to 127.0.0.1");
    return FOB_E_USAGE;
}

static enum fob_status refuse_region(const struct endpoint_wanted *wanted,
                                     struct fob_error *error)
{
    const struct fob_endpoint_options *options = wanted->options;
    char place[FOB_ERROR_TEXT_MAX + 1];

    show_place(options->region_from, place, sizeof(place));
    fob_error_set(error, FOB_E_USAGE,
                  "the region \"%.64s\"%s is not one such as us-east-1",
                  options->region, place);
    fob_error_hint(error, "set a region there as AWS writes it: small "
                          "letters, digits and dashes");
    return FOB_E_USAGE;
}

static enum fob_status refuse_partition(const struct endpoint_wanted *wanted,
                                        struct fob_error *error)
{
    char place[FOB_ERROR_TEXT_MAX + 1];

    show_place(wanted->options->region_from, place, sizeof(place));
    fob_error_set(error, FOB_E_UNSUPPORTED,
                  "region %s%s is of a partition whose endpoints fob does not "
                  "know",
                  wanted->region, place);
    fob_error_hint(error, "give its endpoint in AWS_ENDPOINT_URL_STS and "
                          "AWS_ENDPOINT_URL_IAM, or in endpoint_url");
    return FOB_E_UNSUPPORTED;
}

/* As SDKs refuse it: nobody could tell whether that endpoint is one. */
static enum fob_status refuse_variant(const struct endpoint_wanted *wanted,
                                      struct fob_error *error)
{
    const struct fob_endpoint_options *options = wanted->options;
    bool is_fips = (wanted->variant & FOB_VARIANT_FIPS) != 0;
    char url[FOB_ERROR_TEXT_MAX + 1], demand[FOB_ERROR_TEXT_MAX + 1];

    show_place(options->url_from, url, sizeof(url));
    show_place(is_fips ? options->fips_from : options->dualstack_from, demand,
               sizeof(demand));
    fob_error_set(error, FOB_E_USAGE,
                  "%s endpoints are asked for%s, and an endpoint is given%s: "
                  "it cannot be both",
                  is_fips ? "FIPS" : "dual-stack", demand, url);
    fob_error_hint(error, "take one of the two settings out, or set "
                          "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true");
    return FOB_E_USAGE;
}

enum fob_status endpoint_check(const struct endpoint_wanted *wanted,
                               struct fob_error *error)
{
    const char *region = wanted->options->region;
    bool has_url = *wanted->options->url != '\0';

    if (*region != '\0' && (!is_region(region) || !is_region(wanted->region)))
        return refuse_region(wanted, error);
    if (wanted->variant != FOB_VARIANT_PLAIN && has_url)
        return refuse_variant(wanted, error);
    if (wanted->partition == NULL && !has_url)
        return refuse_partition(wanted, error);
    return FOB_OK;
}
