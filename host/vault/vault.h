/* SPDX-License-Identifier: MIT */
/*
 * The vault file: opened once with a passphrase or key file, then read anew
 * for each operation, since other processes write it too.
 *
 * To read:   fob_vault_load, fob_accounts_* and fob_access_keys_* on the body,
 *            fob_vault_body_free.
 * To change: fob_vault_begin (takes the lock, reads), changes on edit.body,
 *            fob_vault_commit (writes the next generation, keeps this one as
 *            backup), fob_vault_end in any case.
 *
 * Faults of a file, each with a next step: FOB_E_NOT_FOUND none
 * there; FOB_E_SYNTAX not a vault; FOB_E_VERSION of a newer fob;
 * FOB_E_TOO_SHORT truncated; FOB_E_TOO_LONG larger than any vault;
 * FOB_E_DAMAGED header, key slot or contents damaged or tampered with, another
 * vault in its place, or an older generation put back while open;
 * FOB_E_WRONG_KEY no slot opens; FOB_E_UNSUPPORTED no slot of that type, or
 * others may write the file;
 * FOB_E_IO the system refused.
 */
#ifndef FOB_HOST_VAULT_VAULT_H
#define FOB_HOST_VAULT_VAULT_H

#include "host/base/error.h"
#include "host/base/path.h"
#include "host/base/secret.h"
#include "host/vault/slot_types.h"

#include <stdatomic.h>

enum {
    FOB_VAULT_ID_LEN = 16,
    FOB_VAULT_KEY_LEN = 32,
    FOB_VAULT_SALT_LEN = 32,
    FOB_VAULT_BODY_MAX = 8 << 20, /* bytes of records, 30,000 accounts */
};

/* An open vault: what an agent holds while unlocked.  After open or create
 * it may be used by several threads at once, but not while it is closed. */
struct fob_vault {
    char path[FOB_PATH_MAX];
    char backup[FOB_PATH_MAX];
    struct fob_secret key; /* FOB_VAULT_KEY_LEN bytes */
    uint8_t id[FOB_VAULT_ID_LEN];
    _Atomic uint64_t generation; /* the newest seen */
};

/* What stands in the clear at the head of the file. */
struct fob_vault_header {
    uint8_t id[FOB_VAULT_ID_LEN];
    uint64_t generation; /* 1 at first, one more with each write */
    uint8_t salt[FOB_VAULT_SALT_LEN];
    struct fob_slots slots;
};

/* Records in the clear; for accounts.h and access_keys.h. */
struct fob_vault_body {
    struct fob_secret records;
};

struct fob_vault_edit {
    struct fob_vault *vault;
    struct fob_vault_header header;
    struct fob_vault_body body;
    int lock;       /* descriptor; -1 when not begun */
    bool shuts_out; /* a slot is gone: the backup is rewritten, too */
};

/* Make the file with one slot and nothing in it but a fresh session-cache
 * key; its folder is made.  FOB_E_EXISTS when it, or only its backup, is
 * there.  `vault` is open afterwards, or empty. */
FOB_MUST_CHECK enum fob_status
fob_vault_create(struct fob_vault *vault, const char *path, const char *backup,
                 const struct fob_slot_opener *opener, struct fob_error *error);

FOB_MUST_CHECK enum fob_status
fob_vault_open(struct fob_vault *vault, const char *path, const char *backup,
               const struct fob_slot_opener *opener, struct fob_error *error);

/* Wipe; an empty one is left alone. */
void fob_vault_close(struct fob_vault *vault);

/* All that can be told without a key: the header and, by its digests,
 * whether the file is whole. */
FOB_MUST_CHECK enum fob_status
fob_vault_inspect(const char *path, const char *backup,
                  struct fob_vault_header *header, struct fob_error *error);

/* The contents of today into the empty `body`. */
FOB_MUST_CHECK enum fob_status fob_vault_load(struct fob_vault *vault,
                                              struct fob_vault_body *body,
                                              struct fob_error *error);
void fob_vault_body_free(struct fob_vault_body *body);

/* The same, if `opener` opens a slot of it: FOB_E_WRONG_KEY when it does not,
 * FOB_E_UNSUPPORTED when there is no slot of that type. */
FOB_MUST_CHECK enum fob_status
fob_vault_prove(struct fob_vault *vault, const struct fob_slot_opener *opener,
                struct fob_vault_body *body, struct fob_error *error);

/* The 32 bytes that seal the session cache, made with the vault and never
 * changed, into the empty `key`. */
FOB_MUST_CHECK enum fob_status
fob_vault_cache_key(const struct fob_vault_body *body, struct fob_secret *key,
                    struct fob_error *error);

/* Wait for the write lock (10 s at most, then FOB_E_BUSY) and read.  On a
 * fault nothing is held; fob_vault_end may be called all the same. */
FOB_MUST_CHECK enum fob_status fob_vault_begin(struct fob_vault *vault,
                                               struct fob_vault_edit *edit,
                                               struct fob_error *error);

/* Write what `edit` now holds, as the next generation. FOB_E_IO: the old one
 * stands (but see fob_file_replace); FOB_E_TOO_LONG: it is full. */
FOB_MUST_CHECK enum fob_status fob_vault_commit(struct fob_vault_edit *edit,
                                                struct fob_error *error);

/* Wipe and release the lock; without a commit nothing is changed. */
void fob_vault_end(struct fob_vault_edit *edit);

#endif
