/* SPDX-License-Identifier: MIT */
/*
 * Accounts out of other authenticators' files: lines of otpauth and
 * otpauth-migration URIs (one a line, blank lines and # comments between),
 * and Aegis vaults as JSON, plain or encrypted.
 */
#ifndef FOB_HOST_IMPORT_IMPORT_H
#define FOB_HOST_IMPORT_IMPORT_H

#include "host/base/error.h"
#include "host/base/secret.h"
#include "src/account.h"

enum {
    FOB_IMPORT_MAX = 15 << 20, /* bytes of a file */
    FOB_IMPORT_ACCOUNTS_MAX = 20000,
};

/* What was found in one place of the file. */
struct fob_import_item {
    const struct fob_account *account; /* issuer and label are filled in even
                                          when it cannot be used, if known */
    enum fob_status status; /* FOB_OK; FOB_E_TOO_SHORT: a weak secret, for
                               callers that force; else: not for fob */
    const char *fault;      /* why, in a few words; "" for FOB_OK */
    size_t place;           /* line or entry, from 1 */
};

struct fob_import_callbacks {
    void *context;
    /* The password of an encrypted file into the empty `password`; `wrong`
     * tells that the one before did not fit.  Any fault ends the reading
     * with that status and the error that the callee set. */
    enum fob_status (*ask)(void *context, bool wrong,
                           struct fob_secret *password,
                           struct fob_error *error);
    /* One account, in the order of the file.  As above. */
    enum fob_status (*take)(void *context, const struct fob_import_item *item,
                            struct fob_error *error);
};

/* Read `len` bytes of a file.  When it cannot be read as a whole, error set
 * with the place: FOB_E_SYNTAX, FOB_E_TOO_LONG, FOB_E_DUPLICATE, FOB_E_VERSION,
 * FOB_E_UNSUPPORTED; FOB_E_WRONG_KEY after three passwords, FOB_E_DAMAGED;
 * FOB_E_NO_MEMORY.  An account that alone is not for fob is told to `take`.
 * A migration export of which parts are missing is FOB_E_TOO_SHORT, error set,
 * before any account is taken. */
FOB_MUST_CHECK enum fob_status
fob_import_read(const uint8_t *data, size_t len,
                const struct fob_import_callbacks *callbacks,
                struct fob_error *error);

#endif
