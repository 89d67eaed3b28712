/* SPDX-License-Identifier: MIT */
#include "host/agent/devices/device_seed.h"

#include "host/agent/accounts/account_make.h"
#include "host/agent/accounts/account_store.h"
#include "host/agent/accounts/vault_view.h"
#include "host/agent/tokens/token_seed.h"
#include "host/aws/arn.h"
#include "host/base/text.h"
#include "src/base32.h"

#include <string.h>

enum fob_status device_seed_is_here(struct fob_request *request,
                                    const char *serial, bool *is_here)
{
    struct fob_secret room = {0};
    struct fob_vault_account *account = account_store_room(request, &room);
    enum fob_status status = FOB_E_NO_MEMORY;

    if (account != NULL)
        status = account_store_find_device(request, serial, account);
    *is_here = status == FOB_OK;
    if (status == FOB_E_NOT_FOUND) {
        fob_error_clear(&request->error);
        status = FOB_OK;
    }
    fob_secret_free(&room);
    return status;
}

enum fob_status device_seed_check_name(struct fob_request *request,
                                       const char *name)
{
    struct fob_secret room = {0};
    struct fob_vault_account *account = account_store_room(request, &room);
    const struct fob_vault_body *body;
    size_t cursor = 0;
    enum fob_status status = FOB_E_NO_MEMORY;

    if (account != NULL)
        status = vault_view_get(request, &body);
    while (status == FOB_OK && fob_accounts_next(body, &cursor, account))
        if (strcmp(account->name, name) == 0) {
            status = fob_error_set(&request->error, FOB_E_EXISTS,
                                   "the vault has an account %s already", name);
            fob_error_hint(&request->error, "give another --name");
        }
    fob_secret_free(&room);
    return status;
}

/* What a QR code of AWS's says, and nothing that it leaves out. */
static enum fob_status fill_account(struct fob_vault_account *account,
                                    const struct device_seed_new *device,
                                    struct fob_error *error)
{
    const struct fob_secret *seed = device->seed;
    struct fob_account *otp = &account->otp;
    struct fob_arn arn;
    enum fob_status status = fob_arn_parse(device->serial, &arn);

    otp->type = FOB_TOTP;
    otp->hash = FOB_SHA1;
    otp->digits = FOB_DIGITS_MIN;
    otp->period_s = FOB_PERIOD_S_DEFAULT;
    if (status == FOB_OK)
        status = fob_text_copy(otp->issuer, sizeof(otp->issuer),
                               account_make_aws_issuer);
    if (status == FOB_OK)
        status = fob_text_format(otp->label, sizeof(otp->label), "%s@%s",
                                 arn.name, arn.account);
    if (status == FOB_OK)
        status =
            fob_base32_decode((const char *)seed->data, seed->len, otp->secret,
                              sizeof(otp->secret), &otp->secret_len);
    if (status == FOB_OK)
        status = fob_account_check(otp);
    if (status != FOB_OK)
        return fob_error_set(error, FOB_E_REPLY,
                             "IAM's reply holds no seed that fob can keep");
    status = account_make_name(account, device->name, error);
    return status == FOB_OK ? account_make_bind(account, device->serial, error)
                            : status;
}

/* The vault is not held while the token waits for a finger. */
static enum fob_status
store_on_token(struct fob_request *request,
               const struct device_seed_location *location,
               struct fob_vault_account *account)
{
    const struct token_seed_options wish = {
        .serial = location->token, .overwrites = location->may_overwrite};
    struct token_session session;
    enum fob_status status = token_seed_put(request, &wish, account, &session);

    if (status != FOB_OK)
        return status;
    status = account_store_add(request, false, account);
    if (status != FOB_OK)
        token_seed_take_back(&session, account);
    token_close(&session);
    return status;
}

enum fob_status device_seed_store(struct fob_request *request,
                                  const struct device_seed_new *device,
                                  const struct device_seed_location *location)
{
    struct fob_secret room = {0};
    struct fob_vault_account *account = account_store_room(request, &room);
    enum fob_status status = FOB_E_NO_MEMORY;

    if (account != NULL)
        status = fill_account(account, device, &request->error);
    if (status == FOB_OK)
        status = location->token != NULL
                     ? store_on_token(request, location, account)
                     : account_store_add(request, false, account);
    fob_secret_free(&room);
    return status;
}

enum fob_status device_seed_bind(struct fob_request *request, const char *name,
                                 const char *serial)
{
    const struct account_note note = {.name = name, .serial = serial};

    return account_store_note(request, &note);
}

enum fob_status device_seed_confirm(struct fob_request *request,
                                    const char *serial, const char *user)
{
    const struct account_note note = {
        .serial = serial, .user = user, .on_time = true};

    return account_store_note(request, &note);
}

enum fob_status device_seed_remove(struct fob_request *request,
                                   const char *serial)
{
    struct fob_secret room = {0};
    struct fob_vault_account *account = account_store_room(request, &room);
    enum fob_status status = FOB_E_NO_MEMORY;
    bool is_left;

    if (account != NULL)
        status = account_store_find_device(request, serial, account);
    if (status == FOB_OK && account->token[0] != '\0')
        status = token_seed_delete(request, account, &is_left);
    if (status == FOB_OK)
        status = account_store_remove(request, account);
    fob_secret_free(&room);
    if (status == FOB_E_NOT_FOUND) {
        fob_error_clear(&request->error);
        status = FOB_OK;
    }
    return status;
}
