/* SPDX-License-Identifier: MIT */
/* The long-term AWS access keys of a vault, one for a profile of a set of AWS
 * files: two sets may each have a profile of that name. */
#ifndef FOB_HOST_VAULT_ACCESS_KEYS_H
#define FOB_HOST_VAULT_ACCESS_KEYS_H

#include "host/vault/vault.h"

enum {
    FOB_ACCESS_KEY_PROFILE_MAX = 255,
    FOB_ACCESS_KEY_ID_MAX = 128,
    FOB_ACCESS_KEY_SECRET_MAX = 128,
    FOB_ACCESS_KEY_ARN_MAX = 640,
    FOB_ACCESS_KEY_PATH_MAX = 1023,
};

/* Texts end with a NUL. Keep it in secret memory: see fob_access_key_alloc. */
struct fob_access_key {
    char profile[FOB_ACCESS_KEY_PROFILE_MAX + 1];
    char id[FOB_ACCESS_KEY_ID_MAX + 1]; /* "AKIA..." */
    char secret[FOB_ACCESS_KEY_SECRET_MAX + 1];
    int64_t created_s;
    char user_arn[FOB_ACCESS_KEY_ARN_MAX + 1]; /* "" when not known */
    /* Real paths of the AWS files that the profile is one of; both "" of a key
     * that an older fob put. */
    char config[FOB_ACCESS_KEY_PATH_MAX + 1];
    char credentials[FOB_ACCESS_KEY_PATH_MAX + 1];
};

/* Whose a key is. */
struct fob_access_key_place {
    const char *profile;
    const char *config;
    const char *credentials;
};
struct fob_access_key_place
fob_access_key_place(const struct fob_access_key *key);

/* As fob_vault_account_alloc. */
struct fob_access_key *fob_access_key_alloc(struct fob_secret *room);

/* The key of exactly that place.  FOB_E_NOT_FOUND; `key` is then wiped. */
FOB_MUST_CHECK enum fob_status
fob_access_keys_get(const struct fob_vault_body *body,
                    const struct fob_access_key_place *place,
                    struct fob_access_key *key, struct fob_error *error);

/* The key of that id, of whatever place; FOB_E_NOT_FOUND, with no error set.
 */
FOB_MUST_CHECK enum fob_status
fob_access_keys_get_id(const struct fob_vault_body *body, const char *id,
                       struct fob_access_key *key);

/* As fob_accounts_next. */
bool fob_access_keys_next(const struct fob_vault_body *body, size_t *cursor,
                          struct fob_access_key *key);

/* Add, or replace the key of that place.  FOB_E_SYNTAX for a field out of
 * its range. */
FOB_MUST_CHECK enum fob_status
fob_access_keys_put(struct fob_vault_body *body,
                    const struct fob_access_key *key, struct fob_error *error);

FOB_MUST_CHECK enum fob_status
fob_access_keys_remove(struct fob_vault_body *body,
                       const struct fob_access_key_place *place,
                       struct fob_error *error);

#endif
