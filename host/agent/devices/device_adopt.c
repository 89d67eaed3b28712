/* SPDX-License-Identifier: MIT */
#include "host/agent/devices/device_adopt.h"

#include "host/agent/accounts/account_store.h"
#include "host/agent/devices/device_ask.h"
#include "host/agent/devices/device_find.h"
#include "host/agent/devices/device_verify.h"
#include "host/base/text.h"

#include <string.h>

/* AWS's devices know one kind of code. */
static enum fob_status check_kind(const struct fob_vault_account *account,
                                  struct fob_error *error)
{
    const struct fob_account *otp = &account->otp;

    if (otp->type == FOB_TOTP && otp->hash == FOB_SHA1 && otp->digits == 6 &&
        otp->period_s == FOB_PERIOD_S_DEFAULT)
        return FOB_OK;
    return fob_error_set(error, FOB_E_UNSUPPORTED,
                         "the account %s is no device of AWS's: their codes "
                         "are TOTP with SHA-1, six digits and 30 seconds",
                         account->name);
}

/* Of two accounts for one device, one has a seed of the past. */
static enum fob_status check_unique(struct fob_request *request,
                                    const struct fob_vault_account *account)
{
    struct fob_secret room = {0};
    struct fob_vault_account *other = account_store_room(request, &room);
    enum fob_status status = FOB_E_NO_MEMORY;

    if (other != NULL)
        status = account_store_find_device(request, account->device, other);
    if (status == FOB_OK && strcmp(other->name, account->name) != 0) {
        status = fob_error_set(&request->error, FOB_E_EXISTS,
                               "the vault has %s as the account %s already",
                               account->device, other->name);
        fob_error_hint(&request->error,
                       "if that device is "
                       "gone: fob remove %s",
                       other->name);
    } else if (status == FOB_E_NOT_FOUND) {
        fob_error_clear(&request->error);
        status = FOB_OK;
    }
    fob_secret_free(&room);
    return status;
}

static enum fob_status prove_and_bind(struct iam_session *client,
                                      const char *user,
                                      const struct fob_vault_account *account)
{
    const struct account_note note = {.name = account->name,
                                      .serial = account->device,
                                      .user = user,
                                      .on_time = true};
    enum fob_status status = check_unique(client->request, account);

    (void)!fob_text_copy(client->unproven, sizeof(client->unproven),
                         account->device);
    if (status == FOB_OK && strcmp(user, client->user.name) == 0)
        status = device_verify(client, account->device, account->name);
    if (status == FOB_OK)
        status = account_store_note(client->request, &note);
    if (status == FOB_OK)
        client->unproven[0] = '\0';
    return status;
}

static enum fob_status take_account(struct iam_session *client,
                                    const char *user, const char *wanted,
                                    struct fob_vault_account *account)
{
    enum fob_status status = check_kind(account, &client->request->error);

    if (status == FOB_OK && account->device[0] == '\0' && wanted[0] != '\0')
        status = device_ask_read_serial(client, wanted, account->device);
    if (status == FOB_OK)
        status = device_find(client, user, account);
    return status == FOB_OK ? prove_and_bind(client, user, account) : status;
}

enum fob_status device_adopt(struct iam_session *client, const char *user,
                             const char *name, const char *wanted,
                             char serial[static FOB_ACCOUNT_ARN_MAX + 1])
{
    struct fob_secret room = {0};
    struct fob_vault_account *account =
        account_store_room(client->request, &room);
    enum fob_status status = FOB_E_NO_MEMORY;

    if (account != NULL)
        status = account_store_find(client->request, name, account);
    if (status == FOB_OK)
        status = take_account(client, user, wanted, account);
    if (status == FOB_OK)
        (void)!fob_text_copy(serial, FOB_ACCOUNT_ARN_MAX + 1, account->device);
    fob_secret_free(&room);
    return status;
}
