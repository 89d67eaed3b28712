/* SPDX-License-Identifier: MIT */
#include "host/agent/mint/no_serial.h"

#include "host/agent/accounts/account_make.h"
#include "host/agent/accounts/account_store.h"
#include "host/agent/network/identity.h"

#include <string.h>

/* STS is asked once for a key, and needs no permission. */
static bool find_user(struct fob_request *request,
                      const struct profile *profile,
                      char text[static FOB_ARN_MAX + 1], struct fob_arn *user)
{
    struct fob_endpoint endpoint;
    struct profile_key key = {0};
    enum fob_status status =
        profile_endpoint(profile, &endpoint, &request->error);

    if (status == FOB_OK)
        status = profile_key_find(request, profile, &key);
    if (status == FOB_OK)
        status = identity_find(request, profile, &key, &endpoint, text);
    profile_key_free(&key);
    return status == FOB_OK && fob_arn_parse(text, user) == FOB_OK &&
           user->kind == FOB_ARN_USER;
}

static bool is_device_of(const struct fob_vault_account *account,
                         const struct fob_arn *user)
{
    return account->device[0] != '\0' &&
           strcmp(account->user, user->name) == 0 &&
           strcmp(account->account_id, user->account) == 0;
}

/* Of a seed that was not used yet, the QR code says whose it is. */
static bool may_be_device_of(const struct fob_vault_account *account,
                             const struct fob_arn *user)
{
    char serial[FOB_ACCOUNT_ARN_MAX + 1];
    struct fob_arn arn;

    if (account->device[0] == '\0')
        account_make_guess_serial(account, user, serial);
    else if (account->user[0] == '\0')
        memcpy(serial, account->device, sizeof(serial));
    else
        return false;
    return fob_arn_parse(serial, &arn) == FOB_OK &&
           strcmp(arn.account, user->account) == 0 &&
           strcmp(arn.name, user->name) == 0;
}

/* What is there of that user, worded with the next step. */
static bool say_device(struct fob_request *request, const char *profile,
                       const struct fob_arn *user)
{
    struct fob_secret room = {0};
    struct fob_vault_account *account = account_store_room(request, &room);
    struct fob_error *error = &request->error;
    bool is_found = false;

    for (size_t i = 0; account != NULL && !is_found &&
                       account_store_at(request, i, account) == FOB_OK;
         i++) {
        bool is_device = is_device_of(account, user);

        is_found = is_device || may_be_device_of(account, user);
        if (!is_found)
            continue;
        fob_error_set(
            error, FOB_E_NOT_FOUND,
            "profile %s has no mfa_serial, and the account %s is %s of its "
            "user %s",
            profile, account->name,
            is_device ? "the device" : "by its name a device", user->name);
        if (account->device[0] != '\0')
            fob_error_hint(error,
                           "aws configure set mfa_serial %s --profile %s",
                           account->device, profile);
        else
            fob_error_hint(error, "fob enroll --profile %s --account %s",
                           profile, account->name);
    }
    fob_secret_free(&room);
    return is_found;
}

enum fob_status no_serial_report(struct fob_request *request,
                                 const struct profile *profile)
{
    char text[FOB_ARN_MAX + 1];
    struct fob_error *error = &request->error;
    struct fob_arn user;

    if (agent_is_open(request->agent) && !request->is_remote &&
        find_user(request, profile, text, &user) &&
        say_device(request, profile->name, &user))
        return error->status;
    fob_error_clear(error);
    if (profile_key_check_files(profile, error) != FOB_OK)
        return error->status;
    fob_error_set(error, FOB_E_NOT_FOUND, "profile %s has no mfa_serial",
                  profile->name);
    fob_error_hint(error, "fob enroll --profile %s", profile->name);
    return error->status;
}
