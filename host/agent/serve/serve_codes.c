/* SPDX-License-Identifier: MIT */
/* Codes that a person types somewhere. */
#include "host/agent/accounts/account_store.h"
#include "host/agent/codes/ledger_file.h"
#include "host/agent/serve/account_named.h"
#include "host/agent/serve/field_read.h"
#include "host/agent/serve/handlers.h"
#include "host/agent/state/device_clock.h"
#include "host/agent/tokens/token_seed.h"
#include "host/base/shell_line.h"
#include "host/vault/accounts.h"
#include "src/otp.h"
#include "src/wipe.h"

#include "host/base/text.h"

#include <string.h>
#include <time.h>

enum {
    LEDGER_WAIT_MS = 2000,
    NEAR_STEPS = 3,  /* codes further away are of no use at AWS */
    AHEAD_STEPS = 2, /* and AWS takes so many ahead */
};

/* Where codes are made: here, or on the token that has the seed. */
struct source {
    struct fob_request *request;
    struct fob_vault_account *account;
    struct token_seed seed; /* open when the account's is on a token */
};

static bool is_on_token(const struct source *source)
{
    return source->account->token[0] != '\0';
}

static enum fob_status source_open(struct source *source,
                                   struct fob_request *request,
                                   struct fob_vault_account *account)
{
    char name[FOB_NAME_MAX + 1];
    enum fob_status status =
        field_read_text(request, FOB_TAG_NAME, "name", name, sizeof(name));

    *source = (struct source){.request = request, .account = account};
    source->seed.session.lock = -1;
    if (status == FOB_OK)
        status = account_named_find(request, name, account);
    if (status == FOB_OK && is_on_token(source))
        status = token_seed_open(request, account, &source->seed);
    return status;
}

static void source_close(struct source *source)
{
    token_seed_close(&source->seed);
}

/* A device of AWS's goes by AWS's clock. */
static int64_t now_for(const struct fob_vault_account *account)
{
    int64_t now_s = time(NULL);

    if (account->device[0] != '\0')
        now_s += device_clock_offset_s(account->device) + account->offset_s;
    return now_s;
}

static void note_used(struct fob_request *request, const char *name)
{
    char line[FOB_ERROR_HINT_MAX + 1];

    if (fob_shell_line(line, sizeof(line), "fob code --next %s", name) ==
        FOB_OK)
        request_note(request,
                     "this code may have been used already; the next one: %s",
                     line);
}

/* A code that a person is given counts as spent for the sessions of its
 * device.  Failing to note it must not keep the code from the person.  Only
 * STS refuses what it has seen before: a pair is for IAM, which does not. */
static void note_spent(struct fob_request *request,
                       const struct fob_vault_account *account, uint64_t first,
                       uint64_t last)
{
    struct ledger_file file;
    struct fob_error error = {0};
    int64_t now_s = now_for(account);
    uint64_t now = fob_otp_step((uint64_t)now_s, account->otp.period_s);

    if (account->device[0] == '\0' || last + NEAR_STEPS < now ||
        first > now + NEAR_STEPS)
        return;
    if (ledger_file_open(&file, account->device, LEDGER_WAIT_MS, &error) ==
        FOB_OK) {
        if (first == last && fob_ledger_is_spent(&file.ledger, last))
            note_used(request, account->name);
        for (uint64_t step = first; step <= last; step++)
            fob_ledger_spend(&file.ledger, step, now_s, false);
        if (ledger_file_save(&file, &error) == FOB_OK)
            error.status = FOB_OK;
        ledger_file_close(&file);
    }
    if (error.status != FOB_OK)
        request_note(request, "not noted as used: %s", error.text);
}

static enum fob_status make_code(struct source *source, uint64_t counter,
                                 char code[static FOB_CODE_MAX + 1])
{
    enum fob_status status;

    if (is_on_token(source))
        return token_seed_code(&source->seed, counter, code);
    status = fob_otp_code(&source->account->otp, counter, code);
    if (status != FOB_OK)
        fob_error_set(&source->request->error, status,
                      "no code can be made of this account");
    return status;
}

static enum fob_status put_code(struct source *source, uint64_t counter,
                                enum fob_tag tag)
{
    char code[FOB_CODE_MAX + 1];
    enum fob_status status = make_code(source, counter, code);

    if (status == FOB_OK)
        fob_message_put_text(&source->request->reply, tag, code);
    fob_wipe(code, sizeof(code));
    return status;
}

/* The counter is on disk before the code leaves (RFC 4226 section 7.2). */
static enum fob_status take_counter(struct source *source)
{
    struct fob_request *request = source->request;
    struct fob_vault *vault = agent_hold(request->agent);
    char name[FOB_ACCOUNT_NAME_MAX + 1];
    enum fob_status status;

    if (vault == NULL)
        return fob_error_set(&request->error, FOB_E_LOCKED,
                             "the vault was locked just now");
    (void)!fob_text_copy(name, sizeof(name), source->account->name);
    status = fob_accounts_take_counter(vault, name, source->account,
                                       &request->error);
    agent_release(request->agent, vault);
    return status;
}

static enum fob_status put_hotp(struct source *source, enum fob_tag tag)
{
    enum fob_status status = FOB_OK;

    if (!is_on_token(source))
        status = take_counter(source);
    if (status == FOB_OK)
        status = put_code(source, source->account->otp.counter, tag);
    return status;
}

/* The code ends with its step: when, and how long that is from now by the
 * clock that counts. */
static void put_end(struct source *source, uint64_t step)
{
    uint64_t end_s = (step + 1) * source->account->otp.period_s;
    uint64_t now_s = (uint64_t)now_for(source->account);

    fob_message_put_number(&source->request->reply, FOB_TAG_TIME, end_s);
    if (end_s > now_s)
        fob_message_put_number(&source->request->reply, FOB_TAG_DURATION,
                               end_s - now_s);
}

/* The step of now, or a token's mark when that is a little ahead: an earlier
 * one it does not give. */
static uint64_t present_step(const struct source *source)
{
    const struct fob_vault_account *account = source->account;
    uint64_t step =
        fob_otp_step((uint64_t)now_for(account), account->otp.period_s);
    uint64_t mark = token_seed_watermark(&source->seed);

    return mark > step && mark <= step + AHEAD_STEPS ? mark : step;
}

static uint64_t wanted_step(const struct source *source)
{
    const struct fob_message *asked = &source->request->message;
    uint64_t step = present_step(source);
    struct fob_field field;

    if (fob_message_find(asked, FOB_TAG_TIME, &field))
        step = fob_otp_step(fob_message_number(asked, FOB_TAG_TIME, 0),
                            source->account->otp.period_s);
    return fob_message_number(asked, FOB_TAG_NEXT, 0) != 0 ? step + 1 : step;
}

static enum fob_status put_totp(struct source *source)
{
    struct fob_request *request = source->request;
    uint64_t step = wanted_step(source);
    enum fob_status status = put_code(source, step, FOB_TAG_CODE);

    if (status == FOB_OK) {
        put_end(source, step);
        note_spent(request, source->account, step, step);
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

static enum fob_status put_one(struct source *source)
{
    enum fob_status status;

    if (source->account->otp.type == FOB_TOTP)
        return put_totp(source);
    status = refuse_time(source->request);
    return status == FOB_OK ? put_hotp(source, FOB_TAG_CODE) : status;
}

static enum fob_status put_hotp_pair(struct source *source)
{
    enum fob_status status = put_hotp(source, FOB_TAG_CODE);

    return status == FOB_OK ? put_hotp(source, FOB_TAG_CODE_2) : status;
}

/* AWS takes (T-1, T) at once, so nobody has to wait for T+1. */
static enum fob_status put_pair(struct source *source)
{
    uint64_t first;
    enum fob_status status;

    source->seed.session.touches = 2;
    if (source->account->otp.type == FOB_HOTP)
        return put_hotp_pair(source);
    first = present_step(source) - 1;
    if (first < token_seed_watermark(&source->seed))
        first++;
    status = put_code(source, first, FOB_TAG_CODE);
    if (status == FOB_OK)
        status = put_code(source, first + 1, FOB_TAG_CODE_2);
    if (status == FOB_OK)
        note_spent(source->request, source->account, first, first + 1);
    return status;
}

static enum fob_status serve_codes(struct fob_request *request,
                                   enum fob_status (*put)(struct source *))
{
    struct fob_secret room = {0};
    struct fob_vault_account *account = account_store_room(request, &room);
    struct source source;
    enum fob_status status;

    if (account == NULL)
        return request->error.status;
    status = source_open(&source, request, account);
    if (status == FOB_OK)
        status = put(&source);
    if (status == FOB_OK)
        fob_message_put_text(&request->reply, FOB_TAG_NAME, account->name);
    source_close(&source);
    fob_secret_free(&room);
    return status;
}

enum fob_status serve_code(struct fob_request *request)
{
    return serve_codes(request, put_one);
}

enum fob_status serve_pair(struct fob_request *request)
{
    return serve_codes(request, put_pair);
}
