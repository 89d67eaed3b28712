/* SPDX-License-Identifier: MIT */
/*
 * Whose an access key of the vault is: a profile of one set of AWS files, known
 * by their real paths.  What the caller's files say goes first: the key that
 * they name is the one used, and another set's key of the same profile name is
 * never.
 */
#ifndef FOB_HOST_AGENT_PROFILE_KEY_PLACE_H
#define FOB_HOST_AGENT_PROFILE_KEY_PLACE_H

#include "host/agent/profile/profile.h"
#include "host/vault/access_keys.h"

struct key_place {
    char profile[FOB_NAME_MAX + 1];
    char config[FOB_PATH_MAX];
    char credentials[FOB_PATH_MAX];
};

/* The profile `name` of those files, whether they are there or not. */
void key_place_make(const char *name, const struct fob_profile_paths *paths,
                    struct key_place *place);

/* Whether the files are those of the agent's own HOME. */
bool key_place_is_default(const struct key_place *place);

/* Views of the place; the second, what an older fob put under its name, which
 * did not note the files. */
struct fob_access_key_place key_place_exact(const struct key_place *place);
struct fob_access_key_place key_place_unfiled(const struct key_place *place);

/* The vault's key for the profile: of the id that its files name, if they name
 * a long-term one; else the place's, or for the files of the agent's own HOME
 * an older fob's.  FOB_E_NOT_FOUND, with the error set. */
FOB_MUST_CHECK enum fob_status
key_place_find_key(const struct fob_vault_body *body,
                   const struct profile *profile, struct fob_access_key *key,
                   struct fob_error *error);

#endif
