/* SPDX-License-Identifier: MIT */
#include "host/agent/mint.h"

#include "host/agent/books.h"
#include "host/agent/identity.h"
#include "host/agent/network.h"
#include "host/agent/seed.h"
#include "host/agent/session.h"
#include "host/aws/arn.h"
#include "host/aws/refusal.h"
#include "src/otp.h"
#include "src/wipe.h"

#include <string.h>
#include <time.h>

/* One minting on its way. */
struct mint {
    struct fob_request *request;
    const struct profile *profile;
    const struct mint_wish *wish;
    const char *serial;
    struct fob_endpoint endpoint;
    struct profile_key key;
    struct fob_secret room; /* of `account` */
    struct fob_vault_account *account;
    struct fob_message *session;
};

static int64_t left_wanted(const struct mint *mint)
{
    return mint->wish->left_s > MINT_LEFT_S_MIN ? mint->wish->left_s
                                                : MINT_LEFT_S_MIN;
}

static struct session_key session_key(const struct mint *mint)
{
    return (struct session_key){.access_key_id = mint->key.id,
                                .serial = mint->serial,
                                .role_arn = "",
                                .endpoint = mint->endpoint.url};
}

static bool is_cached(struct mint *mint)
{
    struct session_key key = session_key(mint);

    return session_get(mint->request->agent, &key, left_wanted(mint),
                       mint->session) == FOB_OK;
}

/* What can be known to be wrong before anybody is asked for anything. */
static enum fob_status find_device(struct mint *mint)
{
    const char *name = mint->profile->name;
    struct fob_error *error = &mint->request->error;
    enum fob_device_kind kind;

    mint->serial = fob_profile_get(&mint->profile->found, "mfa_serial");
    if (mint->serial == NULL || mint->serial[0] == '\0') {
        fob_error_set(error, FOB_E_NOT_FOUND, "profile %s has no mfa_serial",
                      name);
        fob_error_hint(error, "aws configure set mfa_serial ARN --profile %s",
                       name);
        return error->status;
    }
    if (fob_arn_device_kind(mint->serial, &kind) != FOB_OK)
        return fob_error_set(error, FOB_E_SYNTAX,
                             "mfa_serial of profile %s is no serial: %s", name,
                             mint->serial);
    if (kind == FOB_DEVICE_ROOT)
        return identity_refuse_root(name, error);
    if (kind == FOB_DEVICE_SMS || kind == FOB_DEVICE_FIDO)
        return fob_error_set(error, FOB_E_UNSUPPORTED,
                             "mfa_serial of profile %s is %s, which takes no "
                             "codes",
                             name,
                             kind == FOB_DEVICE_SMS
                                 ? "an SMS device, retired by AWS"
                                 : "a FIDO key");
    return FOB_OK;
}

/* The session in `reply`, told to the cache before the lock is released, so
 * that whoever waits finds it. */
static enum fob_status keep(struct mint *mint,
                            const struct fob_exchange_reply *reply)
{
    struct fob_session made = {0};
    struct session_key key = session_key(mint);
    struct fob_arn arn;
    struct fob_error *error = &mint->request->error;
    enum fob_status status = fob_sts_session_reply(reply, &made, error);

    if (status != FOB_OK)
        return status;
    session_fill(mint->session, &made, mint->profile->name, mint->serial,
                 fob_arn_parse(mint->serial, &arn) == FOB_OK ? arn.account
                                                             : "");
    fob_session_free(&made);
    /* A full disk must not cost the caller the session that was made. */
    if (session_put(mint->request->agent, &key, mint->session, error) != FOB_OK)
        request_note(mint->request, "the session is not kept: %s", error->text);
    fob_error_clear(error);
    return FOB_OK;
}

static enum fob_status read_reply(struct mint *mint,
                                  const struct fob_exchange_reply *reply)
{
    const struct fob_refusal_context context = {
        .action = "GetSessionToken",
        .profile = mint->profile->name,
        .serial = mint->serial,
        .access_key_id = mint->key.id,
    };

    if (fob_refusal_explain(reply, &context, &mint->request->error) !=
        FOB_REFUSAL_NONE)
        return mint->request->error.status;
    return keep(mint, reply);
}

static enum fob_status call_sts(struct mint *mint, const char *code,
                                bool *maybe_sent)
{
    const uint32_t duration_s = mint->wish->duration_s;
    const struct fob_sts_session_params params = {
        .duration_s = duration_s == 0 ? MINT_SESSION_S : duration_s,
        .serial = mint->serial,
        .code = code,
    };
    const struct fob_sigv4_key key = {.access_key_id = mint->key.id,
                                      .secret = mint->key.secret.data,
                                      .secret_len = mint->key.secret.len,
                                      .session_token = ""};
    struct fob_network_reply reply = {0};
    struct fob_secret body = {0};
    struct fob_call call = {.endpoint = &mint->endpoint,
                            .key = &key,
                            .body = &body,
                            .time_s = time(NULL),
                            .network = &mint->profile->network};
    struct fob_error *error = &mint->request->error;
    enum fob_status status = fob_sts_session_request(&params, &body, error);

    *maybe_sent = false;
    if (status == FOB_OK)
        status = network_call(&call, &reply, maybe_sent, error);
    if (status == FOB_OK)
        status = read_reply(mint, &reply.reply);
    network_reply_free(&reply);
    fob_secret_free(&body);
    return status;
}

/* The code is entered as spent before it leaves, and only what surely did
 * not leave is taken back: a code used twice is refused, and costs one of
 * few verifications. */
static enum fob_status spend_and_call(struct mint *mint, struct books *books,
                                      uint64_t step)
{
    const struct fob_ledger before = books->ledger;
    char code[FOB_CODE_MAX + 1];
    bool maybe_sent = true;
    struct fob_error ignored;
    enum fob_status status;

    fob_ledger_spend(&books->ledger, step, time(NULL), true);
    status = books_save(books, &mint->request->error);
    if (status != FOB_OK)
        return status;
    status = fob_otp_code(&mint->account->otp, step, code);
    if (status == FOB_OK)
        status = call_sts(mint, code, &maybe_sent);
    else
        fob_error_set(&mint->request->error, status,
                      "no code can be made of %s", mint->account->name);
    fob_wipe(code, sizeof(code));
    if (status != FOB_OK && !maybe_sent) {
        books->ledger = before;
        if (books_save(books, &ignored) != FOB_OK)
            return status;
    }
    return status;
}

static enum fob_status word_spent(struct mint *mint, uint32_t wait_s)
{
    struct fob_error *error = &mint->request->error;

    fob_error_set(error, FOB_E_SPENT,
                  "no unused code of %s is left; again in %u s", mint->serial,
                  (unsigned)wait_s);
    fob_error_hint(error, "fob credentials %s --wait", mint->profile->name);
    return FOB_E_SPENT;
}

/* Under the device's lock.  *wait_s: how long until a code can be used, when
 * FOB_E_SPENT. */
static enum fob_status mint_locked(struct mint *mint, struct books *books,
                                   uint32_t *wait_s)
{
    uint64_t step;
    enum fob_status status;

    *wait_s = 0;
    if (is_cached(mint))
        return FOB_OK;
    status = identity_check(mint->request, mint->profile, &mint->key,
                            &mint->endpoint);
    if (status != FOB_OK)
        return status;
    status =
        fob_ledger_choose(&books->ledger, time(NULL) + mint->account->offset_s,
                          mint->account->otp.period_s, &step, wait_s);
    if (status != FOB_OK)
        return word_spent(mint, *wait_s);
    request_progress(mint->request, "asking STS for a session of %s",
                     mint->profile->name);
    return spend_and_call(mint, books, step);
}

static enum fob_status open_books(struct mint *mint, struct books *books)
{
    struct fob_error *error = &mint->request->error;
    enum fob_status status = books_open(books, mint->serial, 0, error);

    if (status != FOB_E_BUSY)
        return status;
    fob_error_clear(error);
    request_progress(mint->request, "waiting for another fob to finish");
    return books_open(books, mint->serial, -1, error);
}

static enum fob_status mint_new(struct mint *mint)
{
    struct books books;
    uint32_t wait_s;
    enum fob_status status;

    for (;;) {
        status = open_books(mint, &books);
        if (status != FOB_OK)
            return status;
        status = mint_locked(mint, &books, &wait_s);
        books_close(&books);
        if (status != FOB_E_SPENT || wait_s == 0 || !mint->wish->may_wait)
            return status;
        request_progress(mint->request, "waiting %u s for an unused code",
                         (unsigned)wait_s);
        nanosleep(&(struct timespec){.tv_sec = wait_s}, NULL);
    }
}

static enum fob_status find_seed(struct mint *mint)
{
    mint->account = fob_vault_account_room(&mint->room);
    if (mint->account == NULL)
        return fob_error_set(&mint->request->error, FOB_E_NO_MEMORY,
                             "no memory");
    return seed_find(mint->request, mint->serial, mint->account);
}

/* While the vault is locked, a session made before can still be had. */
static enum fob_status run(struct mint *mint)
{
    struct fob_request *request = mint->request;
    enum fob_status status = find_device(mint);

    if (status == FOB_OK)
        status =
            profile_endpoint(mint->profile, &mint->endpoint, &request->error);
    if (status != FOB_OK)
        return status;
    if (profile_key_hint(request, mint->profile, &mint->key) && is_cached(mint))
        return FOB_OK;
    profile_key_free(&mint->key);
    status = profile_key_find(request, mint->profile, &mint->key);
    if (status != FOB_OK || is_cached(mint))
        return status;
    status = find_seed(mint);
    if (status == FOB_OK)
        status = mint_new(mint);
    if (status == FOB_OK) {
        seed_proven(request, mint->account, mint->serial);
        profile_key_remember(request, mint->profile, &mint->key);
    }
    return status;
}

enum fob_status mint_session(struct fob_request *request,
                             const struct profile *profile,
                             const struct mint_wish *wish,
                             struct fob_message *session)
{
    struct mint mint = {.request = request,
                        .profile = profile,
                        .wish = wish,
                        .session = session};
    enum fob_status status = run(&mint);

    profile_key_free(&mint.key);
    fob_secret_free(&mint.room);
    return status;
}
