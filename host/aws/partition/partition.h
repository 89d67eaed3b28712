/* SPDX-License-Identifier: MIT */
/*
 * AWS's partitions: clouds that share neither accounts nor keys, each with its
 * own regions, domains and IAM.  What is here is what AWS has published, in the
 * endpoint rules of its SDKs above all; tests/vectors compares.
 */
#ifndef FOB_HOST_AWS_PARTITION_PARTITION_H
#define FOB_HOST_AWS_PARTITION_PARTITION_H

#include <stdbool.h>

/* Kinds of endpoint, to be added up. */
enum {
    FOB_VARIANT_PLAIN = 0,
    FOB_VARIANT_FIPS = 1,
    FOB_VARIANT_DUALSTACK = 2,
    FOB_VARIANTS = 4,
};

struct fob_partition_place {
    const char *host;
    const char *region; /* to sign with */
};

/* A host with a '*' in it has the region in that place; NULL is one that is not
 * public. */
struct fob_partition {
    const char *name;      /* as in ARNs: "aws-cn" */
    const char *prefix;    /* of the names of its regions */
    const char *region;    /* where none is said, and the partition is known */
    const char *suffix;    /* of its hosts */
    const char *dualstack; /* of those with IPv6 as well */
    bool is_sts_fips;      /* its plain STS is one by FIPS, and named so */
    struct fob_partition_place iam[FOB_VARIANTS];
    const char *signin;      /* the console's federation service */
    const char *signin_fips; /* likewise, by FIPS */
    const char *console;
};

/* The partition of a region, also of one that AWS opens yet, and of
 * "aws-cn-global" and its kin; as SDKs have it, "aws" takes what no other one
 * does.  NULL for a region whose name says that it is of an isolated or a
 * sovereign partition that is not known here. */
const struct fob_partition *fob_partition_of_region(const char *region);

/* The partition that ARNs call `name`; NULL when it is not known. */
const struct fob_partition *fob_partition_of_name(const char *name);

#endif
