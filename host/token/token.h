/* SPDX-License-Identifier: MIT */
/*
 * One token while it is talked to: YKOATH's commands and those of its own
 * (docs/protocol.md, section "token"), over any transport.  Nothing here is
 * error set; fob_token_word does that.
 */
#ifndef FOB_HOST_TOKEN_TOKEN_H
#define FOB_HOST_TOKEN_TOKEN_H

#include "host/base/error.h"
#include "host/base/secret.h"
#include "host/token/transport.h"
#include "src/account.h"
#include "src/bytes.h"
#include "src/otp.h"

enum {
    FOB_TOKEN_NAME_MAX = 64, /* bytes of an account's name on a token */
    FOB_TOKEN_ID = 8,
    FOB_TOKEN_KDF_MAX = 32,
    FOB_TOKEN_KEY = 32,        /* what a passphrase becomes */
    FOB_TOKEN_ACCESS_KEY = 16, /* and a password of YKOATH's */
    FOB_TOKEN_CHALLENGE_MAX = 64,
    FOB_TOKEN_VERSION_MAX = 31,
};

/* What a token of the project's own tells of itself. */
struct fob_token_info {
    char version[FOB_TOKEN_VERSION_MAX + 1];
    bool is_sealed; /* a passphrase is set */
    bool is_locked; /* and was not given since power-up */
    bool is_lost;   /* its key is gone: only a reset leads on */
    bool is_fresh;  /* power just came: that counts as a touch */
    uint8_t tries;
    uint8_t kdf[FOB_TOKEN_KDF_MAX];
    size_t kdf_len;
    uint16_t accounts, room, damaged;
    uint32_t uptime_s, uses, sectors, repairs, sessions;
};

struct fob_token {
    const struct fob_transport *transport;
    void *link;
    const struct fob_token_watch *watch; /* the caller's, may be NULL */
    bool waited;   /* for a finger, in the latest command */
    unsigned word; /* the status word of the latest answer; 0: none came */
    char serial[FOB_TOKEN_SERIAL_MAX + 1];
    uint8_t id[FOB_TOKEN_ID];                   /* made anew by a reset */
    char card_serial[FOB_TOKEN_SERIAL_MAX + 1]; /* of a Nitrokey 3, or "" */
    uint8_t challenge[FOB_TOKEN_CHALLENGE_MAX];
    size_t challenge_len; /* 0: it wants no password */
    bool is_validated;    /* it was given one, and takes commands for that */
    bool has_pin;         /* of a Nitrokey 3: some accounts may need it */
    uint8_t pin_tries;    /* of those left */
    bool has_iso_parts;   /* the rest of an answer is had by GET RESPONSE */
    bool is_own;          /* a fob token: `info` is filled in */
    struct fob_token_info info;
};

/* Open, SELECT, and ask who it is.  FOB_E_UNSUPPORTED: no YKOATH there. */
FOB_MUST_CHECK enum fob_status
fob_token_open(struct fob_token *token,
               const struct fob_token_location *location,
               const struct fob_token_watch *watch);

/* Close and wipe; an all-zero one is left alone. */
void fob_token_close(struct fob_token *token);

/* SELECT again: what was established is over, and it says anew whether it
 * wants a password. */
FOB_MUST_CHECK enum fob_status fob_token_select(struct fob_token *token);

/* The number that is printed on a YubiKey, or 0; SELECT is due after that. */
FOB_MUST_CHECK enum fob_status fob_token_number(struct fob_token *token,
                                                uint32_t *number);

/* Ask INFO again; FOB_OK and nothing done for a third-party one. */
FOB_MUST_CHECK enum fob_status fob_token_refresh(struct fob_token *token);

/* Word `status` of an operation on the token; `what` was to be done, such as
 * "the code was not made".  Returns the status
 * that is told. */
enum fob_status fob_token_word(const struct fob_token *token,
                               enum fob_status status, const char *what,
                               struct fob_error *error);

/* --- YKOATH --------------------------------------------------------------
 * FOB_E_LOCKED: not authenticated, or a time step before its mark.
 * FOB_E_NOT_TOUCHED, FOB_E_NOT_FOUND, FOB_E_NO_MEMORY (full), FOB_E_EXISTS (of
 * cards that do not overwrite), and what a transport may say. */

/* The name that the account is to go by on a token: "PERIOD/" unless that is
 * 30 s and goes without saying, issuer, label.  Where there is no room, what is
 * left of the label, and after "~" what tells it from others. */
void fob_token_name(const struct fob_account *account,
                    char name[static FOB_TOKEN_NAME_MAX + 1]);

/* The name that it got from fobs which did not write it down: of several
 * accounts it may be the same. */
void fob_token_name_of_old(const struct fob_account *account,
                           char name[static FOB_TOKEN_NAME_MAX + 1]);

/* One that `name` may go by while another seed takes its place: another each
 * time. */
void fob_token_name_aside(const char *name,
                          char aside[static FOB_TOKEN_NAME_MAX + 1]);

/* Period, issuer and label as a name has them, of an account of a type. */
FOB_MUST_CHECK enum fob_status fob_token_read_name(const char *name,
                                                   struct fob_account *account);

enum fob_token_property {
    FOB_TOKEN_GUARDED = 0x01, /* time steps only rise */
    FOB_TOKEN_NEEDS_TOUCH = 0x02,
};

/* One of the same name is overwritten by most cards: look first. */
FOB_MUST_CHECK enum fob_status fob_token_put(struct fob_token *token,
                                             const char *name,
                                             const struct fob_account *account,
                                             unsigned properties);
FOB_MUST_CHECK enum fob_status fob_token_delete(struct fob_token *token,
                                                const char *name);

/* FOB_E_UNSUPPORTED: older firmware of some makers does not. */
FOB_MUST_CHECK enum fob_status
fob_token_rename(struct fob_token *token, const char *name, const char *wanted);

/* The code of `step` (HOTP: of the token's own counter), of `digits`. */
FOB_MUST_CHECK enum fob_status
fob_token_code(struct fob_token *token, const char *name,
               const struct fob_account *account, uint64_t step,
               char code[static FOB_CODE_MAX + 1]);

/* Give the password's key; FOB_E_WRONG_KEY. */
FOB_MUST_CHECK enum fob_status
fob_token_validate(struct fob_token *token,
                   const uint8_t key[static FOB_TOKEN_ACCESS_KEY]);

/* Set it, or with NULL take it away. */
FOB_MUST_CHECK enum fob_status fob_token_set_code(struct fob_token *token,
                                                  const uint8_t *key);

/* Give the PIN, for the next command alone; it takes a touch.
 * FOB_E_WRONG_KEY, and pin_tries counts down. */
FOB_MUST_CHECK enum fob_status
fob_token_verify_pin(struct fob_token *token, const struct fob_secret *pin);

/* Erase everything. */
FOB_MUST_CHECK enum fob_status fob_token_reset(struct fob_token *token);

/* --- listings ------------------------------------------------------------*/

struct fob_token_account {
    char name[FOB_TOKEN_NAME_MAX + 1];
    uint8_t kind; /* YKOATH's byte: fob_otp_type, fob_hash */
    bool has_facts;
    /* The rest only with facts. */
    uint32_t uid;
    uint8_t digits, properties;
    bool is_marked;
    uint64_t mark; /* the latest step or counter that gave a code */
    uint32_t codes;
};

/* All accounts into the empty `listing`; facts come from fob tokens. */
FOB_MUST_CHECK enum fob_status fob_token_accounts(struct fob_token *token,
                                                  struct fob_secret *listing);

/* The next one of a listing; false at its end and at what is no listing,
 * which reader->status tells. */
FOB_MUST_CHECK bool fob_token_next_account(struct fob_reader *listing,
                                           struct fob_token_account *account);

/* The one of that name; FOB_E_NOT_FOUND. */
FOB_MUST_CHECK enum fob_status
fob_token_find_account(struct fob_token *token, const char *name,
                       struct fob_token_account *account);

struct fob_token_use {
    uint32_t number; /* since the token's reset */
    uint32_t uid;    /* 0: all accounts that need no touch, at once */
    uint64_t value;  /* step or counter */
    bool is_touched;
    bool is_clearing; /* a mark was taken back, no code given */
};

/* The log of codes after `number`, in no order. */
FOB_MUST_CHECK enum fob_status fob_token_uses(struct fob_token *token,
                                              uint32_t number,
                                              struct fob_secret *listing);
FOB_MUST_CHECK bool fob_token_next_use(struct fob_reader *listing,
                                       struct fob_token_use *use);

/* --- fob tokens ----------------------------------------------------------*/

/* FOB_E_WRONG_KEY, and info.tries counts down; FOB_E_TOKEN_BLOCKED. */
FOB_MUST_CHECK enum fob_status
fob_token_unseal(struct fob_token *token,
                 const uint8_t key[static FOB_TOKEN_KEY]);

/* Lock until the passphrase is given again.  FOB_E_NOT_FOUND: it has none. */
FOB_MUST_CHECK enum fob_status fob_token_lock(struct fob_token *token);

/* Seal under `key`, made of a passphrase by `kdf`; without a key, under
 * nothing. */
FOB_MUST_CHECK enum fob_status fob_token_set_key(struct fob_token *token,
                                                 const uint8_t *kdf,
                                                 size_t kdf_len,
                                                 const uint8_t *key);
FOB_MUST_CHECK enum fob_status fob_token_identify(struct fob_token *token);

/* Restart into the chip's own boot loader; it needs a touch. */
FOB_MUST_CHECK enum fob_status fob_token_enter_loader(struct fob_token *token);

/* Take back the mark of a guarded account; it needs a touch. */
FOB_MUST_CHECK enum fob_status fob_token_time_reset(struct fob_token *token,
                                                    const char *name);

/* Mix our randomness into its own: before a reset makes a new key. */
FOB_MUST_CHECK enum fob_status fob_token_add_entropy(struct fob_token *token);

#endif
