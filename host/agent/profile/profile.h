/* SPDX-License-Identifier: MIT */
/* The profile a request is about, as the caller's environment and files have
 * it: what to sign with, for which device, and where to. */
#ifndef FOB_HOST_AGENT_PROFILE_PROFILE_H
#define FOB_HOST_AGENT_PROFILE_PROFILE_H

#include "host/agent/request/request.h"
#include "host/aws/call.h"
#include "host/aws/sts.h"
#include "host/config/profile.h"

enum { PROFILE_PLACES_MAX = 8 };

struct profile {
    struct fob_agent *agent; /* remembers CA bundles */
    const char *const *env;  /* the caller's, NULL-ended; the request's */
    char name[FOB_NAME_MAX + 1];
    struct fob_profiles all; /* owns what `found` points to */
    struct fob_profile found;
    struct fob_profile places[PROFILE_PLACES_MAX]; /* profile_place.h */
    size_t place_count;
    struct fob_call_network network;
    char trust[FOB_ENDPOINT_TRUST_MAX + 1]; /* profile_trust.h, of `network` */
    bool trusts_clock;                      /* as the request */
};

/* Read both AWS files, as the caller's variables place them, and find the
 * profile `name`, or with "" the one of AWS_PROFILE; and from there the one
 * that it stands for (profile_alias.h).  To be freed on every path, and no
 * later than the request. */
FOB_MUST_CHECK enum fob_status profile_load(struct fob_request *request,
                                            const char *name,
                                            struct profile *profile);
void profile_free(struct profile *profile);

/* Another profile of those that are loaded; profile->name is what is looked
 * for. */
FOB_MUST_CHECK enum fob_status profile_choose(struct profile *profile,
                                              struct fob_error *error);

/* Where STS is for it, and where IAM is (profile_place.h).  FOB_E_USAGE, too,
 * for a region of another partition than its role or device is of. */
FOB_MUST_CHECK enum fob_status profile_endpoint(const struct profile *profile,
                                                struct fob_endpoint *endpoint,
                                                struct fob_error *error);
FOB_MUST_CHECK enum fob_status
profile_iam_endpoint(const struct profile *profile,
                     struct fob_endpoint *endpoint, struct fob_error *error);

/* Its region, its source's where it has none, or "". */
const char *profile_region(const struct profile *profile);

/* A long-term key. */
struct profile_key {
    char id[FOB_KEY_ID_MAX + 1];
    struct fob_secret secret; /* text; empty when only the id is known */
};

/* The key of the profile: the one that its files name, from the vault if that
 * has it; else the vault's for the profile of these files (key_place.h).
 * FOB_E_NOT_FOUND, with the error set; `key` is to be freed on every path. */
FOB_MUST_CHECK enum fob_status profile_key_find(struct fob_request *request,
                                                const struct profile *profile,
                                                struct profile_key *key);

/* While the vault is locked: whether the id of the key is remembered, and is
 * still the one of the AWS files if they have one.  Only the id is filled in:
 * enough to find a session made earlier. */
bool profile_key_hint(struct fob_request *request,
                      const struct profile *profile, struct profile_key *key);
void profile_key_remember(struct fob_request *request,
                          const struct profile *profile,
                          const struct profile_key *key);

/* FOB_E_UNSUPPORTED, error set, when the key that its files have is a temporary
 * one. */
FOB_MUST_CHECK enum fob_status
profile_key_check_files(const struct profile *profile, struct fob_error *error);

void profile_key_free(struct profile_key *key);

#endif
