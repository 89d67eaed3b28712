/* SPDX-License-Identifier: MIT */
/* An account made of a seed: of a URI, or of base32. */
#include "host/agent/accounts/account_make.h"
#include "host/agent/accounts/account_store.h"
#include "host/agent/accounts/vault_transaction.h"
#include "host/agent/accounts/vault_view.h"
#include "host/agent/profile/profile.h"
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"
#include "host/agent/tokens/token_seed.h"
#include "src/base32.h"
#include "src/otpauth.h"

static bool wants_force(const struct fob_request *request)
{
    return field_read_flag(request, FOB_TAG_FORCE);
}

static enum fob_status word_seed(struct fob_request *request,
                                 enum fob_status status, const char *what)
{
    struct fob_error *error = &request->error;

    switch (status) {
    case FOB_OK:
        return FOB_OK;
    case FOB_E_TOO_SHORT:
        if (wants_force(request))
            return FOB_OK;
        fob_error_set(error, status, "the secret is shorter than 80 bits");
        fob_error_hint(error, "if it is right: fob add --force");
        break;
    case FOB_E_TOO_LONG:
        fob_error_set(error, status, "the %s is too long", what);
        break;
    case FOB_E_DUPLICATE:
        fob_error_set(error, status, "the %s gives a parameter twice", what);
        break;
    case FOB_E_UNSUPPORTED:
        fob_error_set(error, status,
                      "the %s asks for a type, algorithm, digits or period "
                      "that fob does not serve",
                      what);
        break;
    default:
        fob_error_set(error, status, "the %s is malformed", what);
    }
    return status;
}

/* A bare secret is called as the person says. */
static enum fob_status read_label(struct fob_request *request,
                                  char label[static FOB_LABEL_MAX + 1])
{
    enum fob_status status = fob_message_text(&request->message, FOB_TAG_NAME,
                                              label, FOB_LABEL_MAX + 1);

    if (status == FOB_OK)
        return account_make_check_name(label, &request->error);
    if (status == FOB_E_TOO_LONG)
        return fob_error_set(&request->error, FOB_E_USAGE,
                             "the name of an account made of a bare secret has "
                             "at most %d bytes",
                             FOB_LABEL_MAX);
    fob_error_set(&request->error, FOB_E_USAGE,
                  "an account made of a bare secret needs a name");
    fob_error_hint(&request->error, "fob add --secret - NAME");
    return FOB_E_USAGE;
}

static enum fob_status read_secret(struct fob_request *request,
                                   const struct fob_field *field,
                                   struct fob_account *otp)
{
    enum fob_status status = fob_base32_decode_lenient(
        (const char *)field->data, field->len, otp->secret, sizeof(otp->secret),
        &otp->secret_len);

    otp->type = FOB_TOTP;
    otp->hash = FOB_SHA1;
    otp->digits = FOB_DIGITS_MIN;
    otp->period_s = FOB_PERIOD_S_DEFAULT;
    if (status == FOB_OK && otp->secret_len == 0)
        status = FOB_E_SYNTAX;
    if (status == FOB_OK) {
        if (read_label(request, otp->label) != FOB_OK)
            return request->error.status;
        status = fob_account_check(otp);
    }
    return word_seed(request, status, "secret");
}

static enum fob_status read_seed(struct fob_request *request,
                                 struct fob_account *otp)
{
    struct fob_field field;

    if (fob_message_find(&request->message, FOB_TAG_URI, &field))
        return word_seed(
            request,
            fob_otpauth_parse((const char *)field.data, field.len, otp),
            "otpauth URI");
    if (fob_message_find(&request->message, FOB_TAG_SECRET, &field))
        return read_secret(request, &field, otp);
    return fob_error_set(&request->error, FOB_E_USAGE,
                         "neither a URI nor a secret was given");
}

static enum fob_status read_account(struct fob_request *request,
                                    struct fob_vault_account *account)
{
    char name[FOB_NAME_MAX + 1] = "", serial[FOB_ACCOUNT_ARN_MAX + 1] = "";
    enum fob_status status = read_seed(request, &account->otp);

    if (status != FOB_OK)
        return status;
    status =
        fob_message_text(&request->message, FOB_TAG_NAME, name, sizeof(name));
    if (status != FOB_OK && status != FOB_E_NOT_FOUND)
        return field_read_text(request, FOB_TAG_NAME, "name", name,
                               sizeof(name));
    status = account_make_name(account, name, &request->error);
    if (status == FOB_OK &&
        fob_message_text(&request->message, FOB_TAG_SERIAL, serial,
                         sizeof(serial)) != FOB_E_NOT_FOUND)
        status = account_make_bind(account, serial, &request->error);
    return status;
}

/* Whether the account can be added, before its seed is anywhere: a seed that
 * is in the vault already would be in two places. */
static enum fob_status check_add(struct fob_request *request,
                                 const struct fob_vault_account *account)
{
    struct fob_vault_edit edit = {.lock = -1};
    enum fob_status status = vault_transaction_begin(request, true, &edit);

    if (status == FOB_OK)
        status = fob_accounts_add(&edit.body, account, &request->error);
    vault_transaction_abort(request, &edit);
    return status;
}

/* The vault is not held while a token is asked.  A kill in between leaves the
 * seed on the token alone, where adding it again with --force takes it up. */
static enum fob_status add_on_token(struct fob_request *request,
                                    struct fob_vault_account *account)
{
    char serial[FOB_TOKEN_SERIAL_MAX + 1];
    const struct token_seed_options wish = {
        .serial = serial,
        .untouched = field_read_flag(request, FOB_TAG_UNTOUCHED),
        .overwrites = wants_force(request),
    };
    struct token_session session;
    enum fob_status status = field_read_text(request, FOB_TAG_TOKEN, "serial",
                                             serial, sizeof(serial));

    if (status == FOB_OK)
        status = check_add(request, account);
    if (status == FOB_OK)
        status = token_seed_put(request, &wish, account, &session);
    if (status != FOB_OK)
        return status;
    status = account_store_add(request, true, account);
    if (status != FOB_OK)
        token_seed_take_back(&session, account);
    token_close(&session);
    return status;
}

/* A profile that the device is to serve must be there before its seed is
 * anywhere. */
static enum fob_status check_profile(struct fob_request *request)
{
    struct profile profile;
    char name[FOB_NAME_MAX + 1];
    enum fob_status status = field_read_profile(request, name);

    if (status != FOB_OK || !field_read_has(request, FOB_TAG_PROFILE))
        return status;
    status = profile_load(request, name, &profile);
    profile_free(&profile);
    return status;
}

/* A run that was cut after the seed was stored goes on, under whatever name it
 * has. */
static enum fob_status add_here(struct fob_request *request,
                                struct fob_vault_account *account)
{
    struct fob_secret room = {0};
    struct fob_vault_account *same = account_store_room(request, &room);
    const struct fob_vault_body *body;
    enum fob_status status = FOB_E_NOT_FOUND;

    if (same == NULL)
        return request->error.status;
    if (field_read_has(request, FOB_TAG_PROFILE))
        status = vault_view_get(request, &body);
    if (status == FOB_OK)
        status = fob_accounts_find_seed(body, account, same);
    if (status == FOB_OK) {
        request_note(request, "the seed is stored already, as %s: going on",
                     same->name);
        *account = *same;
    }
    fob_secret_free(&room);
    if (status != FOB_E_NOT_FOUND)
        return status;
    fob_error_clear(&request->error);
    return account_store_add(request, true, account);
}

enum fob_status serve_add(struct fob_request *request)
{
    struct fob_secret room = {0};
    struct fob_vault_account *account = account_store_room(request, &room);
    struct fob_field token;
    enum fob_status status;

    if (account == NULL)
        return request->error.status;
    status = read_account(request, account);
    if (status == FOB_OK)
        status = check_profile(request);
    if (status == FOB_OK)
        status = fob_message_find(&request->message, FOB_TAG_TOKEN, &token)
                     ? add_on_token(request, account)
                     : add_here(request, account);
    if (status == FOB_OK) {
        fob_message_put_text(&request->reply, FOB_TAG_NAME, account->name);
        fob_message_put_text(&request->reply, FOB_TAG_ISSUER,
                             account->otp.issuer);
    }
    fob_secret_free(&room);
    return status;
}
