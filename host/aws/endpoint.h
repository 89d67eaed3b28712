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
    FOB_ENDPOINT_SCOPE_MAX = 23,
};

enum fob_service { FOB_STS, FOB_IAM };

struct fob_endpoint {
    char url[FOB_ENDPOINT_URL_MAX + 1];   /* always with a path */
    char host[FOB_ENDPOINT_HOST_MAX + 1]; /* the Host header to sign */
    char path[FOB_ENDPOINT_URL_MAX + 1];
    char region[FOB_REGION_MAX + 1];        /* to sign with */
    char service[8];                        /* "sts" or "iam" */
    char scope[FOB_ENDPOINT_SCOPE_MAX + 1]; /* see fob_endpoint_scope */
    /* What fob_endpoint_find leaves empty, for whoever knows the way there:
     * a name for what vouches for the server, "" for this machine's own
     * authorities and no proxy; whether it is AWS, by its own name and by
     * these authorities; whether a person's word lets its clock be far off. */
    char trust[FOB_ENDPOINT_TRUST_MAX + 1];
    bool is_aws;
    bool may_be_far;
};

/* What is asked for, and where it stands ("AWS_REGION", "profile work in ...",
 * NULL when nobody knows), for the words. */
struct fob_endpoint_options {
    const char *region; /* "": none set; the global endpoint is then used */
    const char *url;    /* an override, already chosen; "": none */
    bool legacy;        /* sts_regional_endpoints = legacy */
    bool is_fips;
    bool is_dualstack;
    const char *region_from;
    const char *url_from;
    const char *fips_from;
    const char *dualstack_from;
};

/* As the endpoint rules of AWS's SDKs have it.  FOB_E_USAGE, error set, for an
 * override that is no URL fob calls, one beside a demand for FIPS or dual-stack
 * endpoints, which it would pass over, and for a region that is none;
 * FOB_E_UNSUPPORTED for a region of a partition that is not known, unless there
 * is an override.  `endpoint` is then all zero. */
FOB_MUST_CHECK enum fob_status
fob_endpoint_find(enum fob_service service,
                  const struct fob_endpoint_options *options,
                  struct fob_endpoint *endpoint, struct fob_error *error);

/* A name for where sessions that STS gives there are good, and what it says is
 * so: a partition ("aws-cn", "aws fips") for one of its regional endpoints; the
 * URL for any other. */
const char *fob_endpoint_scope(const struct fob_endpoint *endpoint);

#endif
