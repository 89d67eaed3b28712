/* SPDX-License-Identifier: MIT */
/* Where `fob setup` writes, and what is in the way there. */
#ifndef FOB_HOST_CLI_PARTS_SETUP_TARGET_H
#define FOB_HOST_CLI_PARTS_SETUP_TARGET_H

#include "host/config/profile.h"
#include "host/wire/protocol.h"

struct setup_target {
    struct fob_profiles all; /* owns what the pointers point to */
    char name[FOB_NAME_MAX + 1];
    char meant[FOB_NAME_MAX + 1]; /* PROFILE, or what it stands for */
    const char *key_in_way; /* path of the file with its key; NULL: none */
    const char *region;     /* to write there; NULL: none */
    bool is_set_up;         /* its credential_process is fob, for PROFILE */
    bool is_ours;           /* and nothing is in it but what fob writes */
};

/* For `profile`, or the one that it was set up for before: the profile `as`;
 * else `profile` itself, unless it has what SDKs prefer to a credential_process
 * and fob has to read there: then the profile "PROFILE-fob".  With `removes`,
 * the one of the two that is set up. On a fault the error is set; to be freed
 * on every path. */
FOB_MUST_CHECK enum fob_status
setup_target_find(struct setup_target *target, const char *profile,
                  const char *as, bool is_removal, struct fob_error *error);
void setup_target_free(struct setup_target *target);

#endif
