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
     {.region = "eu-west-1", .url = ""},
     "https://sts.eu-west-1.amazonaws.com/",
     "sts.eu-west-1.amazonaws.com",
     "/",
     "eu-west-1"},
    {FOB_STS,
     {.region = "eu-west-1", .url = "", .legacy = true},
     "https://sts.amazonaws.com/",
     "sts.amazonaws.com",
     "/",
     "us-east-1"},
    {FOB_STS,
     {.region = "eu-south-2", .url = "", .legacy = true},
     "https://sts.eu-south-2.amazonaws.com/",
     "sts.eu-south-2.amazonaws.com",
     "/",
     "eu-south-2"},
    {FOB_STS,
     {.region = "us-east-1", .url = ""},
     "https://sts.us-east-1.amazonaws.com/",
     "sts.us-east-1.amazonaws.com",
     "/",
     "us-east-1"},
    {FOB_STS,
     {.region = "", .url = ""},
     "https://sts.amazonaws.com/",
     "sts.amazonaws.com",
     "/",
     "us-east-1"},
    {FOB_STS,
     {.region = "aws-global", .url = ""},
     "https://sts.amazonaws.com/",
     "sts.amazonaws.com",
     "/",
     "us-east-1"},
    {FOB_STS,
     {.region = "cn-north-1", .url = "", .legacy = true},
     "https://sts.cn-north-1.amazonaws.com.cn/",
     "sts.cn-north-1.amazonaws.com.cn",
     "/",
     "cn-north-1"},
    {FOB_STS,
     {.region = "us-gov-east-1", .url = ""},
     "https://sts.us-gov-east-1.amazonaws.com/",
     "sts.us-gov-east-1.amazonaws.com",
     "/",
     "us-gov-east-1"},
    {FOB_IAM,
     {.region = "eu-west-1", .url = ""},
     "https://iam.amazonaws.com/",
     "iam.amazonaws.com",
     "/",
     "us-east-1"},
    {FOB_IAM,
     {.region = "", .url = ""},
     "https://iam.amazonaws.com/",
     "iam.amazonaws.com",
     "/",
     "us-east-1"},
    {FOB_IAM,
     {.region = "cn-northwest-1", .url = ""},
     "https://iam.cn-north-1.amazonaws.com.cn/",
     "iam.cn-north-1.amazonaws.com.cn",
     "/",
     "cn-north-1"},
    {FOB_IAM,
     {.region = "us-gov-east-1", .url = ""},
     "https://iam.us-gov.amazonaws.com/",
     "iam.us-gov.amazonaws.com",
     "/",
     "us-gov-west-1"},
    {FOB_STS,
     {.region = "eu-west-1", .url = "http://127.0.0.1:8080", .legacy = true},
     "http://127.0.0.1:8080",
     "127.0.0.1:8080",
     "/",
     "eu-west-1"},
    {FOB_IAM,
     {.region = "eu-west-1", .url = "https://VPCE.example:8443/iam/"},
     "https://VPCE.example:8443/iam/",
     "vpce.example:8443",
     "/iam/",
     "us-east-1"},
    {FOB_STS,
     {.region = "us-isoz-east-1", .url = "https://sts.example/"},
     "https://sts.example/",
     "sts.example",
     "/",
     "us-isoz-east-1"},
    {FOB_IAM,
     {.region = "us-isoz-east-1", .url = "https://iam.example/"},
     "https://iam.example/",
     "iam.example",
     "/",
     "us-isoz-east-1"},
    {FOB_STS,
     {.region = "eusc-de-east-1", .url = ""},
     "https://sts.eusc-de-east-1.amazonaws.eu/",
     "sts.eusc-de-east-1.amazonaws.eu",
     "/",
     "eusc-de-east-1"},
    {FOB_STS,
     {.region = "us-west-2-fips", .url = ""},
     "https://sts-fips.us-west-2.amazonaws.com/",
     "sts-fips.us-west-2.amazonaws.com",
     "/",
     "us-west-2"},
    {FOB_STS,
     {.region = "", .url = "", .is_fips = true},
     "https://sts-fips.us-east-1.amazonaws.com/",
     "sts-fips.us-east-1.amazonaws.com",
     "/",
     "us-east-1"},
    {FOB_STS,
     {.region = "", .url = "", .is_dualstack = true},
     "https://sts.us-east-1.api.aws/",
     "sts.us-east-1.api.aws",
     "/",
     "us-east-1"},
};

struct refusal {
    struct fob_endpoint_options options;
    enum fob_status status;
};

static const struct refusal BAD[] = {
    {{.region = "us-isoz-east-1", .url = ""}, FOB_E_UNSUPPORTED},
    {{.region = "eu-iso-east-1", .url = ""}, FOB_E_UNSUPPORTED},
    {{.region = "fips-", .url = ""}, FOB_E_USAGE},
    {{.region = "us-east-1", .url = "https://h/", .is_fips = true},
     FOB_E_USAGE},
    {{.region = "us-east-1", .url = "https://h/", .is_dualstack = true},
     FOB_E_USAGE},
    {{.region = "us-east-1-fips", .url = "https://h/"}, FOB_E_USAGE},
    {{.region = "eu west", .url = ""}, FOB_E_USAGE},
    {{.region = "x/../y", .url = ""}, FOB_E_USAGE},
    {{.region = "evil.example#", .url = ""}, FOB_E_USAGE},
    {{.region = "-a", .url = ""}, FOB_E_USAGE},
    {{.region = "a-", .url = ""}, FOB_E_USAGE},
    {{.region = "us-east-1", .url = "http://sts.amazonaws.com"}, FOB_E_USAGE},
    {{.region = "us-east-1", .url = "sts.amazonaws.com"}, FOB_E_USAGE},
    {{.region = "us-east-1", .url = "https://h/?a=b"}, FOB_E_USAGE},
    {{.region = "us-east-1", .url = "https://h/?"}, FOB_E_USAGE},
    {{.region = "us-east-1", .url = "https://u:p@h/"}, FOB_E_USAGE},
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

/* Where a session is good that STS gives there. */
static void test_scopes(void)
{
    static const struct {
        struct fob_endpoint_options options;
        const char *scope;
    } cases[] = {
        {{.region = "eu-west-1", .url = ""}, "aws"},
        {{.region = "ap-southeast-7", .url = "", .is_dualstack = true}, "aws"},
        {{.region = "us-east-1", .url = "", .is_fips = true}, "aws fips"},
        {{.region = "us-east-1", .url = "", .legacy = true},
         "https://sts.amazonaws.com/"},
        {{.region = "", .url = ""}, "https://sts.amazonaws.com/"},
        {{.region = "cn-north-1", .url = "", .legacy = true}, "aws-cn"},
        {{.region = "us-gov-east-1", .url = ""}, "aws-us-gov"},
        {{.region = "aws-cn-global", .url = ""},
         "https://sts.aws-cn-global.amazonaws.com.cn/"},
        {{.region = "eu-west-1", .url = "https://vpce.example/"},
         "https://vpce.example/"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct fob_endpoint endpoint;
        struct fob_error error;

        tap_ok(fob_endpoint_find(FOB_STS, &cases[i].options, &endpoint,
                                 &error) == FOB_OK &&
                   strcmp(fob_endpoint_scope(&endpoint), cases[i].scope) == 0,
               "a session of \"%s\" is good for %s", cases[i].options.region,
               cases[i].scope);
    }
}

/* The words say what it is and where it stands. */
static void test_words(void)
{
    const struct fob_endpoint_options region = {
        .region = "eu west", .url = "", .region_from = "AWS_REGION"};
    const struct fob_endpoint_options both = {.region = "us-east-1",
                                              .url = "https://h/",
                                              .is_fips = true,
                                              .fips_from =
                                                  "AWS_USE_FIPS_ENDPOINT",
                                              .url_from = "profile work in /c"};
    struct fob_endpoint endpoint;
    struct fob_error error;

    tap_ok(fob_endpoint_find(FOB_STS, &region, &endpoint, &error) != FOB_OK &&
               strstr(error.text, "\"eu west\" (AWS_REGION)") != NULL,
           "a region that is none: which, and where");
    tap_ok(fob_endpoint_find(FOB_IAM, &both, &endpoint, &error) != FOB_OK &&
               strstr(error.text, "(AWS_USE_FIPS_ENDPOINT)") != NULL &&
               strstr(error.text, "(profile work in /c)") != NULL,
           "a demand that an override would pass over: both are named");
}

int main(void)
{
    test_scopes();
    test_words();
    for (size_t i = 0; i < sizeof(GOOD) / sizeof(GOOD[0]); i++)
        test_good(&GOOD[i]);
    for (size_t i = 0; i < sizeof(BAD) / sizeof(BAD[0]); i++)
        test_bad(&BAD[i]);
    return tap_done();
}
