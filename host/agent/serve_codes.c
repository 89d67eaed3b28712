/* SPDX-License-Identifier: MIT */
/* Codes that a person types somewhere. */
#include "host/agent/books.h"
#include "host/agent/handlers.h"
#include "host/agent/server_clock.h"
#include "host/agent/unlock.h"
#include "host/vault/accounts.h"
#include "src/otp.h"
#include "src/wipe.h"

#include <time.h>

enum {
    BOOKS_WAIT_MS = 2000,
    NEAR_STEPS = 3, /* codes further away are of no use at AWS */
};

static enum fob_status find_account(struct fob_request *request,
                                    const char *name,
                                    struct fob_vault_account *account)
{
    struct fob_vault_body body = {0};
    enum fob_status status = unlock_and_load(request, &body);

    if (status == FOB_OK)
        status = fob_accounts_find(&body, name, account, &request->error);
    fob_vault_body_free(&body);
    if (status == FOB_OK && account->token[0] != '\0')
        status = fob_error_set(&request->error, FOB_E_TOKEN_ABSENT,
                               "the seed of %s is on token %s", account->name,
                               account->token);
    return status;
}

/* A device of AWS's goes by AWS's clock, as last seen. */
static int64_t now_for(const struct fob_vault_account *account)
{
    int64_t now_s = time(NULL);

    if (account->device[0] != '\0')
        now_s += server_clock_offset_s(server_clock_last) + account->offset_s;
    return now_s;
}

/* A code that a person is given counts as spent for the sessions of its
 * device.  Failing to note it must not keep the code from the person. */
static void note_spent(struct fob_request *request,
                       const struct fob_vault_account *account, uint64_t first,
                       uint64_t last)
{
    struct books books;
    struct fob_error error = {0};
    int64_t now_s = now_for(account);
    uint64_t now = fob_otp_step((uint64_t)now_s, account->otp.period_s);

    if (account->device[0] == '\0' || last + NEAR_STEPS < now ||
        first > now + NEAR_STEPS)
        return;
    if (books_open(&books, account->device, BOOKS_WAIT_MS, &error) == FOB_OK) {
        if (fob_ledger_is_spent(&books.ledger, last))
            request_note(request,
                         "this code may have been used already; the next "
                         "one: fob code --next '%s'",
                         account->name);
        for (uint64_t step = first; step <= last; step++)
            fob_ledger_spend(&books.ledger, step, now_s, false);
        if (books_save(&books, &error) == FOB_OK)
            error.status = FOB_OK;
        books_close(&books);
    }
    if (error.status != FOB_OK)
        request_note(request, "not noted as used: %s", error.text);
}

static enum fob_status put_code(struct fob_request *request,
                                const struct fob_account *otp, uint64_t counter,
                                enum fob_tag tag)
{
    char code[FOB_CODE_MAX + 1];
    enum fob_status status = fob_otp_code(otp, counter, code);

    if (status != FOB_OK)
        return fob_error_set(&request->error, status,
                             "no code can be made of this account");
    fob_message_put_text(&request->reply, tag, code);
    fob_wipe(code, sizeof(code));
    return FOB_OK;
}

/* The counter is on disk before the code leaves (RFC 4226 section 7.2). */
static enum fob_status put_hotp(struct fob_request *request, const char *name,
                                struct fob_vault_account *account,
                                enum fob_tag tag)
{
    struct fob_vault *vault = agent_hold(request->agent);
    enum fob_status status;

    if (vault == NULL)
        return fob_error_set(&request->error, FOB_E_LOCKED,
                             "the vault was locked just now");
    status = fob_accounts_take_counter(vault, name, account, &request->error);
    agent_release(request->agent);
    if (status == FOB_OK)
        status = put_code(request, &account->otp, account->otp.counter, tag);
    return status;
}

static enum fob_status put_totp(struct fob_request *request,
                                const struct fob_vault_account *account)
{
    const struct fob_message *asked = &request->message;
    uint64_t unix_s =
        fob_message_number(asked, FOB_TAG_TIME, (uint64_t)now_for(account));
    uint64_t step = fob_otp_step(unix_s, account->otp.period_s);
    enum fob_status status;

    if (fob_message_number(asked, FOB_TAG_NEXT, 0) != 0)
        step++;
    status = put_code(request, &account->otp, step, FOB_TAG_CODE);
    if (status == FOB_OK) {
        fob_message_put_number(&request->reply, FOB_TAG_TIME,
                               (step + 1) * account->otp.period_s);
        note_spent(request, account, step, step);
    }
    return status;
}

static enum fob_status refuse_time(struct fob_request *request)
{
    struct fob_field field;

    if (!fob_message_find(&request->message, FOB_TAG_TIME, &field) &&
        !fob_message_find(&request->message, FOB_TAG_NEXT, &field))
        return FOB_OK;
    return fob_error_set(&request->error, FOB_E_USAGE,
                         "a HOTP account counts its codes and knows no time");
}

enum fob_status serve_code(struct fob_request *request)
{
    char name[FOB_NAME_MAX + 1];
    struct fob_secret room = {0};
    struct fob_vault_account *account = fob_vault_account_room(&room);
    enum fob_status status;

    if (account == NULL)
        return fob_error_set(&request->error, FOB_E_NO_MEMORY, "no memory");
    status = request_text(request, FOB_TAG_NAME, "name", name, sizeof(name));
    if (status == FOB_OK)
        status = find_account(request, name, account);
    if (status == FOB_OK && account->otp.type == FOB_TOTP) {
        status = put_totp(request, account);
    } else if (status == FOB_OK) {
        status = refuse_time(request);
        if (status == FOB_OK)
            status = put_hotp(request, name, account, FOB_TAG_CODE);
    }
    if (status == FOB_OK)
        fob_message_put_text(&request->reply, FOB_TAG_NAME, account->name);
    fob_secret_free(&room);
    return status;
}

static enum fob_status put_pair(struct fob_request *request, const char *name,
                                struct fob_vault_account *account)
{
    uint64_t step;
    enum fob_status status;

    if (account->otp.type == FOB_HOTP) {
        status = put_hotp(request, name, account, FOB_TAG_CODE);
        if (status == FOB_OK)
            status = put_hotp(request, name, account, FOB_TAG_CODE_2);
        return status;
    }
    /* AWS takes (T-1, T) at once, so nobody has to wait for T+1. */
    step = fob_otp_step((uint64_t)now_for(account), account->otp.period_s);
    status = put_code(request, &account->otp, step - 1, FOB_TAG_CODE);
    if (status == FOB_OK)
        status = put_code(request, &account->otp, step, FOB_TAG_CODE_2);
    if (status == FOB_OK)
        note_spent(request, account, step - 1, step);
    return status;
}

enum fob_status serve_pair(struct fob_request *request)
{
    char name[FOB_NAME_MAX + 1];
    struct fob_secret room = {0};
    struct fob_vault_account *account = fob_vault_account_room(&room);
    enum fob_status status;

    if (account == NULL)
        return fob_error_set(&request->error, FOB_E_NO_MEMORY, "no memory");
    status = request_text(request, FOB_TAG_NAME, "name", name, sizeof(name));
    if (status == FOB_OK)
        status = find_account(request, name, account);
    if (status == FOB_OK)
        status = put_pair(request, name, account);
    if (status == FOB_OK)
        fob_message_put_text(&request->reply, FOB_TAG_NAME, account->name);
    fob_secret_free(&room);
    return status;
}
