/* SPDX-License-Identifier: MIT */
/*
 * What the token keeps: the master key, accounts sealed under it, the access
 * key, and a record of every code that left.  A small index in RAM points
 * into the log; an account is unsealed only when it is used.  Zeroed, it is a
 * locked store.
 */
#ifndef FOB_FIRMWARE_APP_STORE_STORE_H
#define FOB_FIRMWARE_APP_STORE_STORE_H

#include "firmware/app/log/ring.h"
#include "firmware/app/peripherals/random.h"

enum {
    STORE_ACCOUNTS_MAX = 128,
    STORE_ID = 8,
    STORE_MASTER = 32,
    STORE_KDF_MAX = 32,
    STORE_NONE = -1, /* no account */
};

/* An account in the index. */
struct account {
    uint64_t last;      /* value of the last use: time step or counter */
    uint32_t uid;       /* never used again for another; 0: slot is free */
    uint32_t uses;      /* codes that left */
    uint32_t lag_s;     /* how long before `last` power came: timeguard.h */
    uint32_t name_hash; /* 0 while the store is locked, */
    uint16_t at;
    uint16_t use_at;
    uint8_t name_len; /* as are these */
    uint8_t kind;
    bool has_watermark; /* `last` counts */
    bool is_proven;     /* and says something about the time */
};

/* Where the records stand of which there is one each. */
struct store_places {
    uint16_t key;
    uint16_t tries;
    uint16_t code;
    uint16_t last_use;
    uint16_t uid;
};

struct store {
    struct ring ring;
    struct random *random;
    struct account accounts[STORE_ACCOUNTS_MAX];
    struct store_places at;
    uint8_t master[STORE_MASTER]; /* zero unless open */
    uint8_t id[STORE_ID];
    uint8_t kdf[STORE_KDF_MAX]; /* how the host makes its key */
    uint8_t kdf_len;
    bool is_sealed; /* a passphrase is set */
    bool is_open;   /* the master key is known */
    bool is_resetting;
    uint8_t tries;           /* spent since the last right passphrase */
    uint8_t damaged;         /* accounts that do not unseal */
    uint16_t session;        /* power-ups in which codes left */
    bool is_session_counted; /* this one is among them */
    uint32_t next_uid;
    uint32_t new_uid;                  /* the first given since power-up */
    uint32_t uses;                     /* of the token since its reset */
    uint32_t newest[FOB_PORT_SECTORS]; /* no use in the sector is newer */
};

/* Whether there is no master key: only a reset leads on. */
bool store_is_lost(const struct store *store);

/* Forget the master key and all that was learnt with it. */
void store_lock(struct store *store);

/* --- for the files that share the store ----------------------------------*/

/* Append the record that takes the place of the one at `*place`, then destroy
 * that one. */
FOB_MUST_CHECK enum fob_status store_replace(struct store *store,
                                             const struct log_record *record,
                                             uint16_t *place);

/* Let the record at `at` take `*place`.  Of two records for one place the newer
 * counts; the older is left over from a cut and may hold a secret. */
void store_take_place(uint16_t *place, uint16_t at);

/* The account of this uid, or STORE_NONE. */
int store_slot_of(const struct store *store, uint32_t uid);

#endif
