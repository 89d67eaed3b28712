/* SPDX-License-Identifier: MIT */
#include "host/aws/partition/partition.h"

#include <stddef.h>
#include <string.h>

/* IAM is one for a partition: plain, FIPS, dual-stack, both. */
static const struct fob_partition PARTITIONS[] = {
    {
        .name = "aws",
        .prefix = "",
        .region = "us-east-1",
        .suffix = "amazonaws.com",
        .dualstack = "api.aws",
        .iam = {{"iam.amazonaws.com", "us-east-1"},
                {"iam-fips.amazonaws.com", "us-east-1"},
                {"iam.global.api.aws", "us-east-1"},
                {"iam-fips.global.api.aws", "us-east-1"}},
        .signin = "signin.aws.amazon.com",
        .console = "console.aws.amazon.com",
    },
    {
        .name = "aws-cn",
        .prefix = "cn-",
        .region = "cn-northwest-1",
        .suffix = "amazonaws.com.cn",
        .dualstack = "api.amazonwebservices.com.cn",
        .iam = {{"iam.cn-north-1.amazonaws.com.cn", "cn-north-1"},
                {"iam-fips.amazonaws.com.cn", "cn-northwest-1"},
                {"iam.global.api.amazonwebservices.com.cn", "cn-north-1"},
                {"iam-fips.api.amazonwebservices.com.cn", "cn-northwest-1"}},
        .signin = "signin.amazonaws.cn",
        .console = "console.amazonaws.cn",
    },
    {
        .name = "aws-us-gov",
        .prefix = "us-gov-",
        .region = "us-gov-west-1",
        .suffix = "amazonaws.com",
        .dualstack = "api.aws",
        .is_sts_fips = true,
        .iam = {{"iam.us-gov.amazonaws.com", "us-gov-west-1"},
                {"iam.us-gov.amazonaws.com", "us-gov-west-1"},
                {"iam.us-gov.api.aws", "us-gov-west-1"},
                {"iam.us-gov.api.aws", "us-gov-west-1"}},
        .signin = "signin.amazonaws-us-gov.com",
        .signin_fips = "signin-fips.amazonaws-us-gov.com",
        .console = "console.amazonaws-us-gov.com",
    },
    {
        .name = "aws-eusc",
        .prefix = "eusc-",
        .region = "eusc-de-east-1",
        .suffix = "amazonaws.eu",
        .dualstack = "api.amazonwebservices.eu",
        .iam = {{"iam.eusc-de-east-1.amazonaws.eu", "eusc-de-east-1"},
                {"iam-fips.amazonaws.eu", "eusc-de-east-1"},
                {"iam.api.amazonwebservices.eu", "eusc-de-east-1"},
                {"iam-fips.api.amazonwebservices.eu", "eusc-de-east-1"}},
        .signin = "*.signin.amazonaws-eusc.eu",
        .console = "console.amazonaws-eusc.eu",
    },
    {
        .name = "aws-iso",
        .prefix = "us-iso-",
        .region = "us-iso-east-1",
        .suffix = "c2s.ic.gov",
        .dualstack = "api.aws.ic.gov",
        .iam = {{"iam.us-iso-east-1.c2s.ic.gov", "us-iso-east-1"},
                {"iam-fips.us-iso-east-1.c2s.ic.gov", "us-iso-east-1"},
                {"iam.api.aws.ic.gov", "us-iso-east-1"},
                {"iam-fips.api.aws.ic.gov", "us-iso-east-1"}},
        .signin = "*.signin.c2shome.ic.gov",
    },
    {
        .name = "aws-iso-b",
        .prefix = "us-isob-",
        .region = "us-isob-east-1",
        .suffix = "sc2s.sgov.gov",
        .dualstack = "api.aws.scloud",
        .iam = {{"iam.us-isob-east-1.sc2s.sgov.gov", "us-isob-east-1"},
                {"iam-fips.us-isob-east-1.sc2s.sgov.gov", "us-isob-east-1"},
                {"iam.api.aws.scloud", "us-isob-east-1"},
                {"iam-fips.api.aws.scloud", "us-isob-east-1"}},
        .signin = "*.signin.sc2shome.sgov.gov",
    },
    {
        .name = "aws-iso-e",
        .prefix = "eu-isoe-",
        .region = "eu-isoe-west-1",
        .suffix = "cloud.adc-e.uk",
        .dualstack = "api.cloud-aws.adc-e.uk",
        .iam = {{"iam.eu-isoe-west-1.cloud.adc-e.uk", "eu-isoe-west-1"},
                {"iam-fips.cloud.adc-e.uk", "eu-isoe-west-1"},
                {"iam.api.cloud-aws.adc-e.uk", "eu-isoe-west-1"},
                {"iam-fips.api.cloud-aws.adc-e.uk", "eu-isoe-west-1"}},
        .signin = "*.signin.csphome.adc-e.uk",
    },
    {
        .name = "aws-iso-f",
        .prefix = "us-isof-",
        .region = "us-isof-south-1",
        .suffix = "csp.hci.ic.gov",
        .dualstack = "api.aws.hci.ic.gov",
        .iam = {{"iam.us-isof-south-1.csp.hci.ic.gov", "us-isof-south-1"},
                {"iam-fips.csp.hci.ic.gov", "us-isof-south-1"},
                {"iam.api.aws.hci.ic.gov", "us-isof-south-1"},
                {"iam-fips.api.aws.hci.ic.gov", "us-isof-south-1"}},
        .signin = "*.signin.csphome.hci.ic.gov",
    },
};

enum { PARTITION_COUNT = sizeof(PARTITIONS) / sizeof(PARTITIONS[0]) };

/* What partitions that stand apart begin their regions with. */
static const char *const APART[] = {"us-iso", "eu-iso", "eusc"};

static bool starts_with(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* NAME-global, as some SDKs call what is one for a partition. */
static bool is_global_of(const char *region, const char *name)
{
    size_t len = strlen(name);

    return strncmp(region, name, len) == 0 &&
           strcmp(region + len, "-global") == 0;
}

const struct fob_partition *fob_partition_of_region(const char *region)
{
    for (size_t i = 1; i < PARTITION_COUNT; i++)
        if (starts_with(region, PARTITIONS[i].prefix) ||
            is_global_of(region, PARTITIONS[i].name))
            return &PARTITIONS[i];
    for (size_t i = 0; i < sizeof(APART) / sizeof(APART[0]); i++)
        if (starts_with(region, APART[i]))
            return NULL;
    return &PARTITIONS[0];
}

const struct fob_partition *fob_partition_of_name(const char *name)
{
    for (size_t i = 0; i < PARTITION_COUNT; i++)
        if (strcmp(PARTITIONS[i].name, name) == 0)
            return &PARTITIONS[i];
    return NULL;
}
