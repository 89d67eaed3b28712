/* SPDX-License-Identifier: MIT */
/* The long-term AWS access keys of a vault, one for a profile. */
#ifndef FOB_HOST_VAULT_ACCESS_KEYS_H
#define FOB_HOST_VAULT_ACCESS_KEYS_H

#include "host/vault/vault.h"

enum {
    FOB_ACCESS_KEY_PROFILE_MAX = 255,
    FOB_ACCESS_KEY_ID_MAX = 128,
    FOB_ACCESS_KEY_SECRET_MAX = 128,
    FOB_ACCESS_KEY_ARN_MAX = 640,
};

/* Texts end with a NUL. Keep it in secret memory: see fob_access_key_alloc. */
struct fob_access_key {
    char profile[FOB_ACCESS_KEY_PROFILE_MAX + 1];
    char id[FOB_ACCESS_KEY_ID_MAX + 1]; /* "AKIA..." */
    char secret[FOB_ACCESS_KEY_SECRET_MAX + 1];
    int64_t created_s;
    char user_arn[FOB_ACCESS_KEY_ARN_MAX + 1]; /* "" when not known */
};

/* As fob_vault_account_alloc. */
struct fob_access_key *fob_access_key_alloc(struct fob_secret *room);

/* The key of exactly that profile. FOB_E_NOT_FOUND; `key` is then wiped. */
FOB_MUST_CHECK enum fob_status
fob_access_keys_get(const struct fob_vault_body *body, const char *profile,
                    struct fob_access_key *key, struct fob_error *error);

/* As fob_accounts_next. */
bool fob_access_keys_next(const struct fob_vault_body *body, size_t *cursor,
                          struct fob_access_key *key);

/* Add, or replace the key of that profile.  FOB_E_SYNTAX for a field out of
 * its range. */
FOB_MUST_CHECK enum fob_status
fob_access_keys_put(struct fob_vault_body *body,
                    const struct fob_access_key *key, struct fob_error *error);

FOB_MUST_CHECK enum fob_status
fob_access_keys_remove(struct fob_vault_body *body, const char *profile,
                       struct fob_error *error);

#endif
