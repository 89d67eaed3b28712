/* SPDX-License-Identifier: MIT */
/* Where a service is called, and the region and name it is signed with. */
#ifndef FOB_HOST_AWS_ENDPOINT_H
#define FOB_HOST_AWS_ENDPOINT_H

#include "host/base/error.h"

#include <stdbool.h>

enum {
    FOB_REGION_MAX = 63,
    FOB_ENDPOINT_URL_MAX = 1023,
    FOB_ENDPOINT_HOST_MAX = 263, /* "name:port" */
    FOB_ENDPOINT_TRUST_MAX = 64,
};

enum fob_service { FOB_STS, FOB_IAM };

struct fob_endpoint {
    char url[FOB_ENDPOINT_URL_MAX + 1];   /* always with a path */
    char host[FOB_ENDPOINT_HOST_MAX + 1]; /* the Host header to sign */
    char path[FOB_ENDPOINT_URL_MAX + 1];
    char region[FOB_REGION_MAX + 1]; /* to sign with */
    char service[8];                 /* "sts" or "iam" */
    /* What fob_endpoint_find leaves empty, for whoever knows the way there:
     * a name for what vouches for the server, "" for this machine's own
     * authorities and no proxy; whether it is AWS, by its own name and by
     * these authorities; whether a person's word lets its clock be far off. */
    char trust[FOB_ENDPOINT_TRUST_MAX + 1];
    bool is_aws;
    bool may_be_far;
};

struct fob_endpoint_options {
    const char *region; /* "": none set; the global endpoint is then used */
    const char *url;    /* an override, already chosen; "": none */
    bool legacy;        /* sts_regional_endpoints = legacy */
};

/* FOB_E_USAGE, error set, for an override that is no URL fob calls and for a
 * region that is none; FOB_E_UNSUPPORTED for one of a partition other than
 * aws, aws-cn and aws-us-gov.  `endpoint` is then all zero. */
FOB_MUST_CHECK enum fob_status
fob_endpoint_find(enum fob_service service,
                  const struct fob_endpoint_options *options,
                  struct fob_endpoint *endpoint, struct fob_error *error);

#endif
