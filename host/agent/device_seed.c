/* SPDX-License-Identifier: MIT */
#include "host/agent/device_seed.h"

#include "host/agent/enrol.h"
#include "host/agent/token_seed.h"
#include "host/agent/unlock.h"
#include "host/aws/arn.h"
#include "host/base/text.h"
#include "src/base32.h"

#include <string.h>

static struct fob_vault_account *make_room(struct fob_request *request,
                                           struct fob_secret *room)
{
    struct fob_vault_account *account = fob_vault_account_room(room);

    if (account == NULL)
        fob_error_set(&request->error, FOB_E_NO_MEMORY, "no memory");
    return account;
}

enum fob_status device_seed_find(struct fob_request *request,
                                 const char *serial,
                                 struct fob_vault_account *account)
{
    struct fob_vault_body body = {0};
    enum fob_status status = unlock_and_load(request, &body);

    if (status == FOB_OK)
        status =
            fob_accounts_find_device(&body, serial, account, &request->error);
    fob_vault_body_free(&body);
    return status;
}

bool device_seed_is_here(struct fob_request *request, const char *serial)
{
    struct fob_secret room = {0};
    struct fob_vault_account *account = make_room(request, &room);
    bool is_here =
        account != NULL && device_seed_find(request, serial, account) == FOB_OK;

    fob_error_clear(&request->error);
    fob_secret_free(&room);
    return is_here;
}

enum fob_status device_seed_check_name(struct fob_request *request,
                                       const char *name)
{
    struct fob_secret room = {0};
    struct fob_vault_account *account = make_room(request, &room);
    struct fob_vault_body body = {0};
    size_t cursor = 0;
    enum fob_status status = FOB_E_NO_MEMORY;

    if (account != NULL)
        status = unlock_and_load(request, &body);
    while (status == FOB_OK && fob_accounts_next(&body, &cursor, account))
        if (strcmp(account->name, name) == 0) {
            status = fob_error_set(&request->error, FOB_E_EXISTS,
                                   "the vault has an account %s already", name);
            fob_error_hint(&request->error, "give another --name");
        }
    fob_vault_body_free(&body);
    fob_secret_free(&room);
    return status;
}

/* What a QR code of AWS's says, and nothing that it leaves out. */
static enum fob_status fill(struct fob_vault_account *account, const char *name,
                            const char *serial, const struct fob_secret *seed,
                            struct fob_error *error)
{
    struct fob_account *otp = &account->otp;
    struct fob_arn arn;
    enum fob_status status = fob_arn_parse(serial, &arn);

    otp->type = FOB_TOTP;
    otp->hash = FOB_SHA1;
    otp->digits = FOB_DIGITS_MIN;
    otp->period_s = FOB_PERIOD_S_DEFAULT;
    if (status == FOB_OK)
        status = fob_text_format(otp->issuer, sizeof(otp->issuer), "%s",
                                 enrol_aws_issuer);
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
    status = enrol_name(account, name, error);
    return status == FOB_OK ? enrol_bind(account, serial, error) : status;
}

static enum fob_status store_here(struct fob_request *request,
                                  const struct fob_vault_account *account)
{
    struct fob_vault_edit edit = {.lock = -1};
    enum fob_status status = unlock_and_begin(request, false, &edit);

    if (status == FOB_OK)
        status = fob_accounts_add(&edit.body, account, &request->error);
    return unlock_commit(request, &edit, status);
}

/* The vault is not held while the token waits for a finger. */
static enum fob_status store_on_token(struct fob_request *request,
                                      struct fob_vault_account *account)
{
    char serial[FOB_TOKEN_SERIAL_MAX + 1];
    const struct token_seed_wish wish = {
        .serial = serial,
        .overwrites =
            fob_message_number(&request->message, FOB_TAG_FORCE, 0) != 0,
    };
    struct token_session session;
    enum fob_status status =
        request_text(request, FOB_TAG_TOKEN, "serial", serial, sizeof(serial));

    if (status == FOB_OK)
        status = token_seed_put(request, &wish, account, &session);
    if (status != FOB_OK)
        return status;
    status = store_here(request, account);
    if (status != FOB_OK)
        token_seed_take_back(&session, account);
    token_close(&session);
    return status;
}

enum fob_status device_seed_store(struct fob_request *request, const char *name,
                                  const char *serial,
                                  const struct fob_secret *seed)
{
    struct fob_secret room = {0};
    struct fob_vault_account *account = make_room(request, &room);
    struct fob_field token;
    enum fob_status status = FOB_E_NO_MEMORY;

    if (account != NULL)
        status = fill(account, name, serial, seed, &request->error);
    if (status == FOB_OK)
        status = fob_message_find(&request->message, FOB_TAG_TOKEN, &token)
                     ? store_on_token(request, account)
                     : store_here(request, account);
    fob_secret_free(&room);
    return status;
}

/* Change one account: found by its device, else by its name. */
struct alteration {
    const char *name;   /* or NULL */
    const char *serial; /* the device it is, or is to be */
    const char *user;   /* or NULL */
};

static enum fob_status alter_found(struct fob_vault_account *account,
                                   const struct alteration *wanted,
                                   struct fob_error *error)
{
    if (wanted->user == NULL)
        return enrol_bind(account, wanted->serial, error);
    account->offset_s = 0;
    if (fob_text_format(account->user, sizeof(account->user), "%s",
                        wanted->user) == FOB_OK)
        return FOB_OK;
    return fob_error_set(error, FOB_E_USAGE, "the user's name is too long");
}

static enum fob_status alter(struct fob_request *request,
                             const struct alteration *wanted)
{
    struct fob_secret room = {0};
    struct fob_vault_account *account = make_room(request, &room);
    struct fob_vault_edit edit = {.lock = -1};
    struct fob_error *error = &request->error;
    enum fob_status status = FOB_E_NO_MEMORY;

    if (account != NULL)
        status = unlock_and_begin(request, false, &edit);
    if (status == FOB_OK)
        status =
            wanted->name != NULL
                ? fob_accounts_find(&edit.body, wanted->name, account, error)
                : fob_accounts_find_device(&edit.body, wanted->serial, account,
                                           error);
    if (status == FOB_OK)
        status = alter_found(account, wanted, error);
    if (status == FOB_OK)
        status =
            fob_accounts_replace(&edit.body, account->name, account, error);
    status = unlock_commit(request, &edit, status);
    fob_secret_free(&room);
    return status;
}

enum fob_status device_seed_bind(struct fob_request *request, const char *name,
                                 const char *serial)
{
    const struct alteration wanted = {.name = name, .serial = serial};

    return alter(request, &wanted);
}

enum fob_status device_seed_settle(struct fob_request *request,
                                   const char *serial, const char *user)
{
    const struct alteration wanted = {.serial = serial, .user = user};

    return alter(request, &wanted);
}

/* A token that is lost must not keep its account in the vault. */
static enum fob_status
remove_from_token(struct fob_request *request,
                  const struct fob_vault_account *account)
{
    enum fob_status status = token_seed_delete(request, account);

    if (status != FOB_E_TOKEN_ABSENT)
        return status;
    request_note(request, "%s: the seed stays there", request->error.text);
    fob_error_clear(&request->error);
    return FOB_OK;
}

static enum fob_status remove_here(struct fob_request *request,
                                   const char *name)
{
    struct fob_vault_edit edit = {.lock = -1};
    enum fob_status status = unlock_and_begin(request, false, &edit);

    if (status == FOB_OK)
        status = fob_accounts_remove(&edit.body, name, &request->error);
    return unlock_commit(request, &edit, status);
}

enum fob_status device_seed_remove(struct fob_request *request,
                                   const char *serial)
{
    struct fob_secret room = {0};
    struct fob_vault_account *account = make_room(request, &room);
    enum fob_status status = FOB_E_NO_MEMORY;

    if (account != NULL)
        status = device_seed_find(request, serial, account);
    if (status == FOB_OK && account->token[0] != '\0')
        status = remove_from_token(request, account);
    if (status == FOB_OK)
        status = remove_here(request, account->name);
    fob_secret_free(&room);
    if (status == FOB_E_NOT_FOUND) {
        fob_error_clear(&request->error);
        status = FOB_OK;
    }
    return status;
}
