/* SPDX-License-Identifier: MIT */
/*
 * For tests/vectors/endpoint_*: places that are asked for on stdin, one a line,
 * as "sts|iam REGION|- plain|fips|dualstack|both regional|legacy"; on stdout
 * the URL and the region to sign with of each, or "fault STATUS".
 */
#include "host/aws/endpoint.h"

#include <stdio.h>
#include <string.h>

enum { LINE_MAX_LEN = 256 };

static void answer(const char *service, const char *region, const char *variant,
                   bool legacy)
{
    const bool is_both = strcmp(variant, "both") == 0;
    const struct fob_endpoint_options options = {
        .region = strcmp(region, "-") == 0 ? "" : region,
        .url = "",
        .legacy = legacy,
        .is_fips = is_both || strcmp(variant, "fips") == 0,
        .is_dualstack = is_both || strcmp(variant, "dualstack") == 0,
    };
    struct fob_endpoint endpoint;
    struct fob_error error = {0};
    enum fob_status status =
        fob_endpoint_find(strcmp(service, "sts") == 0 ? FOB_STS : FOB_IAM,
                          &options, &endpoint, &error);

    if (status == FOB_OK)
        printf("%s %s\n", endpoint.url, endpoint.region);
    else
        printf("fault %d\n", (int)status);
}

int main(void)
{
    char line[LINE_MAX_LEN], service[16], region[128], variant[16], kind[16];

    while (fgets(line, sizeof(line), stdin) != NULL)
        if (sscanf(line, "%15s %127s %15s %15s", service, region, variant,
                   kind) == 4)
            answer(service, region, variant, strcmp(kind, "legacy") == 0);
    return 0;
}
