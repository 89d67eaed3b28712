/* SPDX-License-Identifier: MIT */
/* Where the codes of a device come from: a seed in the vault or on a token, the
 * profile's mfa_process, a person. */
#ifndef FOB_HOST_AGENT_CODES_CODE_SOURCE_H
#define FOB_HOST_AGENT_CODES_CODE_SOURCE_H

#include "host/agent/codes/typed_code.h"
#include "host/agent/profile/profile.h"
#include "host/base/secret.h"
#include "host/vault/accounts.h"

/* Whose codes are wanted. */
struct code_source_device {
    const struct profile *profile;
    const char *serial;
    const char *account;      /* the name of the account that has its seed;
                                 NULL: found by the serial */
    struct typed_code *typed; /* NULL: no person is asked */
};

/* One of the three is set. */
struct code_source {
    struct fob_secret room; /* of `account` */
    struct fob_vault_account *account;
    const char *command; /* lives as long as the profile */
    struct typed_code *typed;
};

/* Into the empty `source`: a code that was handed in goes first, then a seed,
 * then the command, then a person.  FOB_E_NOT_FOUND, with what to run, when
 * there is none. */
FOB_MUST_CHECK enum fob_status
code_source_find(struct fob_request *request,
                 const struct code_source_device *device,
                 struct code_source *source);

/* Have its token unlocked, so that nobody's device is held while a passphrase
 * is asked for: FOB_E_NOBODY, FOB_E_WRONG_KEY or FOB_E_AGENT.  With all else
 * that may be wrong with it the device's turn ends. */
FOB_MUST_CHECK enum fob_status
code_source_unlock(struct fob_request *request,
                   const struct code_source *source);

/* Wipe and free; leaves it empty. */
void code_source_free(struct code_source *source);

#endif
