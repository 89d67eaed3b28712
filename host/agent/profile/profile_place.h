/* SPDX-License-Identifier: MIT */
/*
 * Where the calls of a profile go: region, endpoints, FIPS, CA bundle.  Each
 * setting is the first that a variable or one of the profile's places has: of
 * the profile itself, of the one that was asked for, of their source profiles.
 */
#ifndef FOB_HOST_AGENT_PROFILE_PROFILE_PLACE_H
#define FOB_HOST_AGENT_PROFILE_PROFILE_PLACE_H

#include "host/agent/profile/profile.h"
#include "host/aws/partition/partition.h"

/* Of a profile that is asked for: the one that it was asked for by, or NULL,
 * itself and its source profiles; and the network by that. */
void profile_place_find(struct profile *profile,
                        const struct fob_profile *asked_by);

/* Of the source `profile` of one that is `asked` for: itself, then that one's
 * places. */
void profile_place_inherit(struct profile *profile,
                           const struct profile *asked);

/* Of a profile whose key signs a call of another one's: that one's. */
void profile_place_take(struct profile *profile, const struct profile *of);

/* An endpoint that is set, and by which of the places. */
struct profile_url {
    struct fob_profile_setting setting;
    size_t place;
};

/* The endpoint that is set for `service`, as fob_profile_get_endpoint has it;
 * nothing where none is to be heeded.  The error is set. */
FOB_MUST_CHECK enum fob_status profile_place_url(const struct profile *profile,
                                                 const char *service,
                                                 bool is_named_only,
                                                 struct profile_url *url,
                                                 struct fob_error *error);

/* What tells the partition, if anything does: the role, else the device. */
struct profile_witness {
    const struct fob_partition *partition; /* NULL: none, or none known */
    const struct fob_profile *profile;
    const char *key; /* of the setting that says so */
};
struct profile_witness profile_place_witness(const struct profile *profile);

/* Whether it is set anywhere, looking from the place `from` on first; and one
 * that is a choice, as fob_profile_read_choice reads it. */
bool profile_place_setting(const struct profile *profile,
                           enum fob_profile_choice which, size_t from,
                           struct fob_profile_setting *setting);
FOB_MUST_CHECK enum fob_status profile_place_choice(
    const struct profile *profile, enum fob_profile_choice which, bool *is_yes,
    struct fob_profile_setting *setting, struct fob_error *error);

/* FIPS and dual-stack endpoints, as FOB_VARIANT_* added up. */
FOB_MUST_CHECK enum fob_status
profile_place_variant(const struct profile *profile, unsigned *variant,
                      struct fob_error *error);

#endif
