/* SPDX-License-Identifier: MIT */
/* Credentials in the store: sealed at rest, found by name. */
#ifndef FOB_FIRMWARE_APP_STORE_ACCOUNTS_H
#define FOB_FIRMWARE_APP_STORE_ACCOUNTS_H

#include "firmware/app/store/store.h"

enum {
    CREDENTIAL_NAME_MAX = 64,
    CREDENTIAL_KEY_MAX = 128,
    CREDENTIAL_PERIOD_S = 30,
};

/* YKOATH's property bits. */
enum credential_property {
    CREDENTIAL_INCREASING = 0x01, /* guarded: steps only rise */
    CREDENTIAL_TOUCH = 0x02,
};

/* An account unsealed.  Wipe it after use. */
struct credential {
    uint8_t kind; /* YKOATH's byte: fob_otp_type, fob_hash */
    uint8_t digits;
    uint8_t properties;
    uint8_t name_len;
    uint8_t key_len;
    uint64_t counter; /* HOTP: the first one */
    uint8_t name[CREDENTIAL_NAME_MAX];
    uint8_t key[CREDENTIAL_KEY_MAX];
};

bool credential_is_hotp(const struct credential *credential);
bool credential_is_guarded(const struct credential *credential);

/* Seconds of a time step, from the "PERIOD/" before the name, else 30. */
uint32_t credential_period_s(const struct credential *credential);

/* Unix time at which a time step begins; UINT64_MAX for absurd ones. */
uint64_t credential_time_s(const struct credential *credential, uint64_t step);

/* Load a record met while mounting. */
void accounts_load(struct store *store, const struct log_record *record,
                   uint16_t at);

/* Learn names, once the store is open. */
void accounts_index(struct store *store);

/* Whether the account was put since power-up, and nothing was done with it. */
bool accounts_is_new(const struct store *store, int slot);

unsigned accounts_count(const struct store *store);

/* Unseal the account in `slot`.  FOB_E_DAMAGED or FOB_E_LOCKED; `credential`
 * is then all zero. */
FOB_MUST_CHECK enum fob_status accounts_open(const struct store *store,
                                             int slot,
                                             struct credential *credential);

/* The slot of the account of this name, unsealed; else STORE_NONE and
 * `credential` all zero. */
int accounts_find(const struct store *store, const uint8_t *name, size_t len,
                  struct credential *credential);

/* Store a credential; one of the same name is replaced and destroyed.
 * FOB_E_NO_MEMORY when all slots are taken. */
FOB_MUST_CHECK enum fob_status
accounts_put(struct store *store, const struct credential *credential);

/* Store what is in `slot` again, under the name now in `credential`; counter,
 * watermarks and uses stay. */
FOB_MUST_CHECK enum fob_status
accounts_rename(struct store *store, int slot,
                const struct credential *credential);

/* Destroy an account. */
void accounts_delete(struct store *store, int slot);

#endif
