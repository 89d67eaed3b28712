/* SPDX-License-Identifier: MIT */
/* From OATH parameters to an account of the vault. */
#ifndef FOB_HOST_AGENT_ACCOUNTS_ACCOUNT_MAKE_H
#define FOB_HOST_AGENT_ACCOUNTS_ACCOUNT_MAKE_H

#include "host/aws/arn.h"
#include "host/base/error.h"
#include "host/vault/accounts.h"

/* The issuer that AWS's QR codes name. */
extern const char account_make_aws_issuer[];

/* Fill in the name, `wanted` or else "issuer:label", cut to fit, and the time.
 * FOB_E_USAGE, error set, for a name that none can have. */
FOB_MUST_CHECK enum fob_status
account_make_name(struct fob_vault_account *account, const char *wanted,
                  struct fob_error *error);

/* Whether an account can be called so.  FOB_E_USAGE, with the error set, which
 * says why not. */
FOB_MUST_CHECK enum fob_status account_make_check_name(const char *name,
                                                       struct fob_error *error);

/* Bind to the MFA device `serial`, an ARN or a bare serial number.
 * FOB_E_USAGE, error set, when it is none that takes codes. */
FOB_MUST_CHECK enum fob_status
account_make_bind(struct fob_vault_account *account, const char *serial,
                  struct fob_error *error);

/* Whether an unbound account can be the device `serial` by what its QR code
 * said: AWS's issuer and the label NAME@ACCOUNT, ACCOUNT being the number or,
 * with `or_alias`, anything else; or by its name, which a person chose. */
bool account_make_may_be(const struct fob_vault_account *account,
                         const char *serial, bool or_alias);

/* The serial that the account's device has if it is one of the user `user`
 * whose path is "/", as all are that the console makes; "" when AWS's QR code
 * did not say. */
void account_make_guess_serial(const struct fob_vault_account *account,
                               const struct fob_arn *user,
                               char serial[static FOB_ACCOUNT_ARN_MAX + 1]);

#endif
