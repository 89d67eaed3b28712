/* SPDX-License-Identifier: MIT */
/* What is refused of an endpoint that is asked for; for endpoint.c only. */
#ifndef FOB_HOST_AWS_ENDPOINT_CHECK_H
#define FOB_HOST_AWS_ENDPOINT_CHECK_H

#include "host/aws/endpoint.h"
#include "host/aws/partition/partition.h"

/* What is wanted, once "us-east-1-fips" is taken apart. */
struct endpoint_wanted {
    enum fob_service service;
    const struct fob_endpoint_options *options;
    const struct fob_partition *partition; /* NULL: not known */
    char region[FOB_REGION_MAX + 1];       /* "": none */
    unsigned variant;
};

/* FOB_E_USAGE or FOB_E_UNSUPPORTED; the error is set. */
FOB_MUST_CHECK enum fob_status
endpoint_check(const struct endpoint_wanted *wanted, struct fob_error *error);

/* Word what is wrong with the override, by what the parser said of it. */
enum fob_status
endpoint_check_refuse_url(enum fob_status status,
                          const struct fob_endpoint_options *options,
                          struct fob_error *error);

#endif
