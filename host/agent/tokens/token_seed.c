/* SPDX-License-Identifier: MIT */
#include "host/agent/tokens/token_seed.h"

#include "host/agent/tokens/token_name.h"
#include "host/agent/tokens/token_use_record.h"
#include "host/base/shell_line.h"
#include "host/base/text.h"

enum { TOKEN_LEAP_S = 100 * 86400 };

static enum fob_status word_gone(struct token_seed *seed)
{
    struct fob_error *error = &seed->session.request->error;

    fob_error_set(error, FOB_E_NOT_FOUND,
                  "token %s no longer has the seed of %s",
                  seed->session.token.serial, seed->account->name);
    fob_error_hint(error, "to add it anew, first: fob remove %s",
                   seed->account->name);
    return FOB_E_NOT_FOUND;
}

/* Cheap, for the token has just told of its latest code: whoever has the
 * token at times learns of it here, and not only by fob token info. */
static void tell_stranger(const struct token_seed *seed)
{
    struct fob_request *request = seed->session.request;
    char what[FOB_TEXT_TIME_LEN + 1] = "a counter";
    char line[FOB_ERROR_HINT_MAX + 1];
    struct token_use_record own;

    token_use_record_read(&seed->session.token, &own);
    if (!token_use_record_is_strange(&own, &seed->facts))
        return;
    if (seed->account->otp.type == FOB_TOTP)
        fob_text_time((int64_t)(seed->facts.mark * seed->account->otp.period_s),
                      what);
    if (fob_shell_line(line, sizeof(line), "fob token info %s",
                       seed->session.token.serial) != FOB_OK)
        line[0] = '\0';
    request_note(request,
                 "token %s gave a code of %s for %s that fob, here, did not "
                 "ask for; see: %s",
                 seed->session.token.serial, what, seed->account->name, line);
}

/* Of other makers' tokens nothing is known but the names on them. */
static enum fob_status find_facts(struct token_seed *seed)
{
    struct fob_token *token = &seed->session.token;
    enum fob_status status;

    if (!token->is_own)
        return FOB_OK;
    status = fob_token_find_account(token, seed->name, &seed->facts);
    if (status == FOB_OK)
        tell_stranger(seed);
    if (status == FOB_E_NOT_FOUND)
        return word_gone(seed);
    return fob_token_word(token, status, "no code",
                          &seed->session.request->error);
}

/* It may be in a drawer: this is no time to give its account up. */
static enum fob_status word_other(struct token_seed *seed)
{
    const struct fob_vault_account *account = seed->account;
    struct fob_error *error = &seed->session.request->error;

    fob_error_set(error, FOB_E_NOT_FOUND,
                  "token %s no longer has the seed of %s: it was erased since, "
                  "or is another one with that serial",
                  account->token, account->name);
    fob_error_hint(error, "fob token accounts %s", account->token);
    return FOB_E_NOT_FOUND;
}

static enum fob_status make_ready(struct token_seed *seed)
{
    enum fob_status status = token_unlock_ready(&seed->session);

    return status == FOB_OK ? find_facts(seed) : status;
}

/* Of two tokens with the serial, the second may have the seed. */
static enum fob_status open_wish(struct token_seed *seed, bool may_wait)
{
    const struct fob_vault_account *account = seed->account;
    struct fob_request *request = seed->session.request;
    struct token_wish wish = {.serial = account->token,
                              .id = account->token_id};
    struct fob_error first = {0};
    enum fob_status status;

    for (;; wish.skip++) {
        status = token_open_wish(request, &wish, may_wait, &seed->session);
        if (status != FOB_OK)
            break;
        status = make_ready(seed);
        if (status != FOB_E_NOT_FOUND)
            break;
        token_seed_close(seed);
        if (wish.skip == 0)
            first = request->error;
        fob_error_clear(&request->error);
    }
    if (wish.skip > 0 &&
        (status == FOB_E_TOKEN_ABSENT || status == FOB_E_NOT_FOUND)) {
        request->error = first;
        status = first.status;
    } else if (status == FOB_E_NOT_FOUND)
        status = word_other(seed);
    if (status != FOB_OK)
        token_seed_close(seed);
    return status;
}

static enum fob_status begin_opening(struct fob_request *request,
                                     const struct fob_vault_account *account,
                                     struct token_seed *seed)
{
    *seed = (struct token_seed){.account = account};
    seed->session = (struct token_session){.request = request, .lock = -1};
    token_name_get(account, seed->name);
    return token_name_check_sole(request, account);
}

enum fob_status token_seed_open(struct fob_request *request,
                                const struct fob_vault_account *account,
                                struct token_seed *seed)
{
    enum fob_status status = begin_opening(request, account, seed);

    return status == FOB_OK ? open_wish(seed, true) : status;
}

enum fob_status token_seed_open_now(struct fob_request *request,
                                    const struct fob_vault_account *account,
                                    struct token_seed *seed)
{
    enum fob_status status = begin_opening(request, account, seed);

    return status == FOB_OK ? open_wish(seed, false) : status;
}

void token_seed_close(struct token_seed *seed)
{
    token_close(&seed->session);
}

uint64_t token_seed_watermark(const struct token_seed *seed)
{
    bool is_guarded = seed->facts.has_facts && seed->facts.is_marked &&
                      (seed->facts.properties & FOB_TOKEN_GUARDED) != 0;

    return is_guarded ? seed->facts.mark : 0;
}

/* --- codes ---------------------------------------------------------------*/

static enum fob_status word_older(struct token_seed *seed)
{
    const struct fob_vault_account *account = seed->account;
    struct fob_error *error = &seed->session.request->error;
    char time[FOB_TEXT_TIME_LEN + 1];

    fob_text_time((int64_t)(token_seed_watermark(seed) * account->otp.period_s),
                  time);
    fob_error_set(error, FOB_E_TOKEN_BLOCKED,
                  "token %s gave a code of %s for %s, and gives none of an "
                  "earlier time: if your clock is right, it was asked with a "
                  "clock that was not",
                  seed->session.token.serial, time, account->name);
    fob_error_hint(error, "fob token time-reset %s", account->name);
    return FOB_E_TOKEN_BLOCKED;
}

/* A token that lay for long takes the present for a leap, which one touch does
 * not answer for: firmware/app/oath/timeguard.h. */
static bool is_leap(const struct token_seed *seed, uint64_t step)
{
    uint64_t mark = token_seed_watermark(seed);

    return mark != 0 &&
           (step - mark) * seed->account->otp.period_s > TOKEN_LEAP_S;
}

static enum fob_status word_leap(struct token_seed *seed)
{
    const struct fob_vault_account *account = seed->account;
    struct fob_error *error = &seed->session.request->error;
    char time[FOB_TEXT_TIME_LEN + 1];

    fob_text_time((int64_t)(token_seed_watermark(seed) * account->otp.period_s),
                  time);
    fob_error_set(error, FOB_E_TOKEN_BLOCKED,
                  "token %s gave its last code for %s on %s, and takes a time "
                  "more than %d days later for a mistake: if your clock is "
                  "right, take that mark back",
                  seed->session.token.serial, account->name, time,
                  TOKEN_LEAP_S / 86400);
    fob_error_hint(error, "fob token time-reset %s", account->name);
    return FOB_E_TOKEN_BLOCKED;
}

/* What is noted and not asked for does no harm; the other way about, a code
 * of fob's own would look like a stranger's. */
static void note_use(struct token_seed *seed, uint64_t value)
{
    struct fob_request *request = seed->session.request;
    struct fob_error error = {0};

    if (seed->facts.has_facts &&
        token_use_record_note(&seed->session.token, seed->facts.uid, value,
                              &error) != FOB_OK)
        request_note(request, "not noted as asked for: %s", error.text);
}

/* The token alone knows the counter that its code was of. */
static void note_counter(struct token_seed *seed)
{
    if (seed->facts.has_facts &&
        fob_token_find_account(&seed->session.token, seed->name,
                               &seed->facts) == FOB_OK &&
        seed->facts.is_marked)
        note_use(seed, seed->facts.mark);
}

enum fob_status token_seed_code(struct token_seed *seed, uint64_t step,
                                char code[static FOB_CODE_MAX + 1])
{
    const struct fob_account *otp = &seed->account->otp;
    struct token_session *session = &seed->session;
    bool is_timed = otp->type == FOB_TOTP;
    enum fob_status status;

    code[0] = '\0';
    if (is_timed && step < token_seed_watermark(seed))
        return word_older(seed);
    if (is_timed)
        note_use(seed, step);
    token_expect_touch(session);
    status = fob_token_code(&session->token, seed->name, otp, step, code);
    if (status == FOB_E_NOT_FOUND && session->token.has_pin) {
        status = token_unlock_pin(session);
        if (status != FOB_OK)
            return status;
        status = fob_token_code(&session->token, seed->name, otp, step, code);
    }
    if (status == FOB_OK && !is_timed)
        note_counter(seed);
    if (status == FOB_E_NOT_FOUND)
        return word_gone(seed);
    if (status == FOB_E_LOCKED && is_timed && is_leap(seed, step))
        return word_leap(seed);
    return fob_token_word(&session->token, status, "no code",
                          &session->request->error);
}

enum fob_status token_seed_time_reset(struct token_seed *seed)
{
    struct token_session *session = &seed->session;
    struct fob_error *error = &session->request->error;
    enum fob_status status;

    token_expect_touch(session);
    status = fob_token_time_reset(&session->token, seed->name);
    if (status == FOB_E_SYNTAX)
        return fob_error_set(error, FOB_E_USAGE,
                             "%s has no mark of time to take back",
                             seed->account->name);
    return fob_token_word(&session->token, status, "the mark stays", error);
}
