/* SPDX-License-Identifier: MIT */
/* Devices that give no codes, or none that fob would use. */
#include "host/agent/mint/mint.h"
#include "host/agent/network/identity.h"
#include "host/aws/arn.h"
#include "host/vault/accounts.h"

#include <string.h>

/* The user's ARN is taken for the device's more often than anything else. */
static enum fob_status refuse_serial(const char *serial, const char *profile,
                                     struct fob_error *error)
{
    struct fob_arn arn;
    bool is_user =
        fob_arn_parse(serial, &arn) == FOB_OK && arn.kind == FOB_ARN_USER;

    fob_error_set(error, FOB_E_SYNTAX, "mfa_serial of profile %s is %s: %s",
                  profile,
                  is_user ? "the ARN of a user, and not of a device (:mfa/)"
                          : "no serial",
                  serial);
    if (is_user)
        fob_error_hint(error, "fob devices --profile %s", profile);
    return FOB_E_SYNTAX;
}

enum fob_status mint_check_serial(const char *serial, const char *profile,
                                  struct fob_error *error)
{
    enum fob_device_kind kind;

    if (strlen(serial) > FOB_ACCOUNT_ARN_MAX ||
        fob_arn_device_kind(serial, &kind) != FOB_OK)
        return refuse_serial(serial, profile, error);
    if (kind == FOB_DEVICE_ROOT)
        return identity_refuse_root(profile, error);
    if (kind == FOB_DEVICE_SMS || kind == FOB_DEVICE_FIDO)
        return fob_error_set(error, FOB_E_UNSUPPORTED,
                             "mfa_serial of profile %s is %s, which takes no "
                             "codes",
                             profile,
                             kind == FOB_DEVICE_SMS
                                 ? "an SMS device, retired by AWS"
                                 : "a FIDO key");
    return FOB_OK;
}
