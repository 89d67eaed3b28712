/* SPDX-License-Identifier: MIT */
/* The OTP accounts of a vault. */
#ifndef FOB_HOST_VAULT_ACCOUNTS_H
#define FOB_HOST_VAULT_ACCOUNTS_H

#include "host/vault/vault.h"
#include "src/account.h"

enum {
    FOB_ACCOUNT_NAME_MAX = 255, /* bytes of UTF-8, without the NUL */
    FOB_ACCOUNT_SERIAL_MAX = 64,
    FOB_ACCOUNT_TOKEN_NAME_MAX = 64,
    FOB_ACCOUNT_TOKEN_ID_MAX = 16,
    FOB_ACCOUNT_ORIGIN_MAX = 15,
    FOB_ACCOUNT_ARN_MAX = 640,
    FOB_ACCOUNT_USER_MAX = 128,
    FOB_ACCOUNT_PARTITION_MAX = 15,
    FOB_ACCOUNT_ID_MAX = 12,
};

/* Texts are "" when there is none.  Keep it in secret memory: see
 * fob_vault_account_alloc. */
struct fob_vault_account {
    char name[FOB_ACCOUNT_NAME_MAX + 1];
    struct fob_account otp; /* secret_len is 0 when the seed is on a token */
    char token[FOB_ACCOUNT_SERIAL_MAX + 1]; /* its serial; "": in the vault */
    /* What the token calls it; "": what comes of issuer and label. */
    char token_name[FOB_ACCOUNT_TOKEN_NAME_MAX + 1];
    /* In hex, of a fob token's store: tells tokens of one serial apart. */
    char token_id[FOB_ACCOUNT_TOKEN_ID_MAX + 1];
    char origin[FOB_ACCOUNT_ORIGIN_MAX + 1]; /* "token": it was there first */
    int64_t created_s;                       /* Unix time */
    /* The AWS device it is, if it is one. */
    char device[FOB_ACCOUNT_ARN_MAX + 1]; /* ARN */
    char user[FOB_ACCOUNT_USER_MAX + 1];
    char partition[FOB_ACCOUNT_PARTITION_MAX + 1];
    char account_id[FOB_ACCOUNT_ID_MAX + 1];
    int32_t offset_s; /* add to server time for this device's codes */
};

/* A zeroed account in `room`, which must be empty; NULL when memory is
 * short.  fob_secret_free(room) wipes it. */
struct fob_vault_account *fob_vault_account_alloc(struct fob_secret *room);

/* The one of that name, exactly, else the only one whose name holds it
 * without regard to case. FOB_E_NOT_FOUND; FOB_E_AMBIGUOUS with the names in
 * the text.  On a fault `account` is wiped. */
FOB_MUST_CHECK enum fob_status
fob_accounts_find(const struct fob_vault_body *body, const char *name,
                  struct fob_vault_account *account, struct fob_error *error);

/* The one of exactly that name, for what destroys. */
FOB_MUST_CHECK enum fob_status
fob_accounts_find_exact(const struct fob_vault_body *body, const char *name,
                        struct fob_vault_account *account,
                        struct fob_error *error);

FOB_MUST_CHECK enum fob_status
fob_accounts_find_device(const struct fob_vault_body *body, const char *device,
                         struct fob_vault_account *account,
                         struct fob_error *error);

/* The one that is `account` under whatever name: the same seed with the same
 * parameters, or the same entry of the same token; FOB_E_NOT_FOUND, with no
 * error set. */
FOB_MUST_CHECK enum fob_status
fob_accounts_find_seed(const struct fob_vault_body *body,
                       const struct fob_vault_account *account,
                       struct fob_vault_account *same);

/* In the order they were added: *cursor is 0 before the first. false at the
 * end, with `account` wiped. */
bool fob_accounts_next(const struct fob_vault_body *body, size_t *cursor,
                       struct fob_vault_account *account);

/* FOB_E_EXISTS, naming the account that has it, for a name, a seed with the
 * same parameters (accounts_merge.h) or a device that is there; FOB_E_SYNTAX
 * for a field out of its range (a seed below FOB_SECRET_MIN is let in). */
FOB_MUST_CHECK enum fob_status
fob_accounts_add(struct fob_vault_body *body,
                 const struct fob_vault_account *account,
                 struct fob_error *error);

/* Put `account` in the place of the one named exactly `name`; the same
 * rules as for adding.  Fields that a newer fob put there stay. */
FOB_MUST_CHECK enum fob_status
fob_accounts_replace(struct fob_vault_body *body, const char *name,
                     const struct fob_vault_account *account,
                     struct fob_error *error);

/* `name` as in fob_accounts_find. */
FOB_MUST_CHECK enum fob_status fob_accounts_rename(struct fob_vault_body *body,
                                                   const char *name,
                                                   const char *new_name,
                                                   struct fob_error *error);

/* `name` is exact: a part is not enough to destroy a seed. */
FOB_MUST_CHECK enum fob_status fob_accounts_remove(struct fob_vault_body *body,
                                                   const char *name,
                                                   struct fob_error *error);

/* Take the next counter of a HOTP account as one step: the counter after it
 * is on disk when this returns, so no other caller gets the same.  `account`
 * comes back with otp.counter = the counter taken.  FOB_E_UNSUPPORTED for a
 * TOTP account or a seed on a token, FOB_E_SPENT after the last counter; on
 * any fault `account` is wiped. */
FOB_MUST_CHECK enum fob_status
fob_accounts_take_counter(struct fob_vault *vault, const char *name,
                          struct fob_vault_account *account,
                          struct fob_error *error);

#endif
