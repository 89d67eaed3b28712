/* SPDX-License-Identifier: MIT */
#include "host/aws/endpoint.h"

#include "tests/lib/tap.h"

struct sample {
    enum fob_service service;
    struct fob_endpoint_options options;
    const char *url;
    const char *host;
    const char *path;
    const char *region;
};

static const struct sample GOOD[] = {
    {FOB_STS,
     {"eu-west-1", "", false},
     "https://sts.eu-west-1.amazonaws.com/",
     "sts.eu-west-1.amazonaws.com",
     "/",
     "eu-west-1"},
    {FOB_STS,
     {"eu-west-1", "", true},
     "https://sts.amazonaws.com/",
     "sts.amazonaws.com",
     "/",
     "us-east-1"},
    {FOB_STS,
     {"eu-south-2", "", true},
     "https://sts.eu-south-2.amazonaws.com/",
     "sts.eu-south-2.amazonaws.com",
     "/",
     "eu-south-2"},
    {FOB_STS,
     {"us-east-1", "", false},
     "https://sts.us-east-1.amazonaws.com/",
     "sts.us-east-1.amazonaws.com",
     "/",
     "us-east-1"},
    {FOB_STS,
     {"", "", false},
     "https://sts.amazonaws.com/",
     "sts.amazonaws.com",
     "/",
     "us-east-1"},
    {FOB_STS,
     {"aws-global", "", false},
     "https://sts.amazonaws.com/",
     "sts.amazonaws.com",
     "/",
     "us-east-1"},
    {FOB_STS,
     {"cn-north-1", "", true},
     "https://sts.cn-north-1.amazonaws.com.cn/",
     "sts.cn-north-1.amazonaws.com.cn",
     "/",
     "cn-north-1"},
    {FOB_STS,
     {"us-gov-east-1", "", false},
     "https://sts.us-gov-east-1.amazonaws.com/",
     "sts.us-gov-east-1.amazonaws.com",
     "/",
     "us-gov-east-1"},
    {FOB_IAM,
     {"eu-west-1", "", false},
     "https://iam.amazonaws.com/",
     "iam.amazonaws.com",
     "/",
     "us-east-1"},
    {FOB_IAM,
     {"", "", false},
     "https://iam.amazonaws.com/",
     "iam.amazonaws.com",
     "/",
     "us-east-1"},
    {FOB_IAM,
     {"cn-northwest-1", "", false},
     "https://iam.cn-north-1.amazonaws.com.cn/",
     "iam.cn-north-1.amazonaws.com.cn",
     "/",
     "cn-north-1"},
    {FOB_IAM,
     {"us-gov-east-1", "", false},
     "https://iam.us-gov.amazonaws.com/",
     "iam.us-gov.amazonaws.com",
     "/",
     "us-gov-west-1"},
    {FOB_STS,
     {"eu-west-1", "http://127.0.0.1:8080", true},
     "http://127.0.0.1:8080",
     "127.0.0.1:8080",
     "/",
     "eu-west-1"},
    {FOB_IAM,
     {"eu-west-1", "https://VPCE.example:8443/iam/", false},
     "https://VPCE.example:8443/iam/",
     "vpce.example:8443",
     "/iam/",
     "us-east-1"},
};

struct refusal {
    struct fob_endpoint_options options;
    enum fob_status status;
};

static const struct refusal BAD[] = {
    {{"us-iso-east-1", "", false}, FOB_E_UNSUPPORTED},
    {{"eusc-de-east-1", "", false}, FOB_E_UNSUPPORTED},
    {{"eu west", "", false}, FOB_E_USAGE},
    {{"x/../y", "", false}, FOB_E_USAGE},
    {{"evil.example#", "", false}, FOB_E_USAGE},
    {{"-a", "", false}, FOB_E_USAGE},
    {{"a-", "", false}, FOB_E_USAGE},
    {{"us-east-1", "http://sts.amazonaws.com", false}, FOB_E_USAGE},
    {{"us-east-1", "sts.amazonaws.com", false}, FOB_E_USAGE},
    {{"us-east-1", "https://h/?a=b", false}, FOB_E_USAGE},
    {{"us-east-1", "https://h/?", false}, FOB_E_USAGE},
    {{"us-east-1", "https://u:p@h/", false}, FOB_E_USAGE},
};

static void test_good(const struct sample *sample)
{
    struct fob_endpoint endpoint;
    struct fob_error error;
    const char *service = sample->service == FOB_STS ? "sts" : "iam";

    tap_ok(fob_endpoint_find(sample->service, &sample->options, &endpoint,
                             &error) == FOB_OK &&
               strcmp(endpoint.url, sample->url) == 0 &&
               strcmp(endpoint.host, sample->host) == 0 &&
               strcmp(endpoint.path, sample->path) == 0 &&
               strcmp(endpoint.region, sample->region) == 0 &&
               strcmp(endpoint.service, service) == 0,
           "%s in \"%s\"%s is at %s", service, sample->options.region,
           sample->options.legacy ? " (legacy)" : "", sample->url);
}

static void test_bad(const struct refusal *refusal)
{
    static const struct fob_endpoint zero;
    struct fob_endpoint endpoint;
    struct fob_error error = {FOB_OK, "", ""};

    memset(&endpoint, 0xff, sizeof(endpoint));
    tap_ok(fob_endpoint_find(FOB_STS, &refusal->options, &endpoint, &error) ==
                   refusal->status &&
               memcmp(&endpoint, &zero, sizeof(zero)) == 0 &&
               error.status == refusal->status && *error.text != '\0' &&
               strstr(error.text, "u:p") == NULL,
           "refused and error set: case %td", refusal - BAD);
}

int main(void)
{
    for (size_t i = 0; i < sizeof(GOOD) / sizeof(GOOD[0]); i++)
        test_good(&GOOD[i]);
    for (size_t i = 0; i < sizeof(BAD) / sizeof(BAD[0]); i++)
        test_bad(&BAD[i]);
    return tap_done();
}
