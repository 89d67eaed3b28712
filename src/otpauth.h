/* SPDX-License-Identifier: MIT */
/*
 * The key URI of authenticator apps:
 * otpauth://TYPE/[ISSUER:]LABEL?secret=BASE32&issuer=&algorithm=&digits=
 * &period=|&counter=
 */
#ifndef FOB_SRC_OTPAUTH_H
#define FOB_SRC_OTPAUTH_H

#include "src/account.h"

enum { FOB_OTPAUTH_MAX = 2048 }; /* bytes of the longest URI read or made */

/* Read `len` bytes of URI, no NUL needed, surrounding white space allowed.
 * The issuer parameter beats the label's prefix; the secret may be lower
 * case and hold spaces, dashes and '='.  Unknown parameters are passed over;
 * known ones given twice are FOB_E_DUPLICATE.  FOB_E_SYNTAX, FOB_E_TOO_LONG,
 * FOB_E_UNSUPPORTED (type, algorithm, digits, period) otherwise.  A secret
 * below FOB_SECRET_MIN gives FOB_E_TOO_SHORT with `account` filled in, for
 * callers that force; on any other fault `account` is all zero. */
FOB_MUST_CHECK enum fob_status fob_otpauth_parse(const char *uri, size_t len,
                                                 struct fob_account *account);

/* Write the URI of `account` as NUL-ended text; parameters that equal their
 * default are left out, so an AWS seed gives an AWS-style URI.
 * FOB_E_TOO_LONG when it does not fit `cap`; `uri` is then "". */
FOB_MUST_CHECK enum fob_status
fob_otpauth_format(const struct fob_account *account, char *uri, size_t cap);

#endif
