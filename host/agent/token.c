/* SPDX-License-Identifier: MIT */
#include "host/agent/token.h"

#include "host/agent/state_file.h"
#include "host/base/monotonic.h"
#include "host/base/text.h"
#include "host/token/derive.h"

#include <poll.h>
#include <string.h>
#include <unistd.h>

enum {
    LOCK_SLICE_MS = 500, /* how often the caller is looked at meanwhile */
    LOCK_WAIT_MS = 60000,
    WANTED_MAX = FOB_TOKEN_PATH_MAX + 8,
};

/* --- who waits -----------------------------------------------------------*/

static bool caller_is_gone(const struct fob_request *request)
{
    struct pollfd peer = {.fd = request->fd, .events = POLLRDHUP};

    return request->fd != REQUEST_NOBODY && poll(&peer, 1, 0) > 0 &&
           (peer.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

/* Work that nobody asked for must not make a token blink. */
static bool wait_on(void *context, enum fob_token_wait why)
{
    struct token_session *session = context;
    struct fob_request *request = session->request;

    if (caller_is_gone(request))
        return false;
    if (why != FOB_TOKEN_TOUCH)
        return true;
    if (request->fd == REQUEST_NOBODY)
        return false;
    if (!session->touch_told)
        request_progress(request, "touch the token %s", session->token.serial);
    session->touch_told = true;
    return true;
}

void token_expect_touch(struct token_session *session)
{
    session->touch_told = false;
}

/* --- which ---------------------------------------------------------------*/

/* FOB_TOKEN of the caller, or "". */
static void read_wanted(const struct fob_request *request,
                        char wanted[static WANTED_MAX])
{
    static const char name[] = "FOB_TOKEN=";
    struct fob_reader fields;
    struct fob_field field;
    size_t skip = sizeof(name) - 1;

    wanted[0] = '\0';
    fob_message_fields(&request->message, &fields);
    while (fob_message_next(&fields, &field))
        if (field.tag == FOB_TAG_ENV && field.len > skip &&
            field.len - skip < WANTED_MAX &&
            memcmp(field.data, name, skip) == 0) {
            memcpy(wanted, field.data + skip, field.len - skip);
            wanted[field.len - skip] = '\0';
        }
}

void token_find_places(struct fob_request *request,
                       struct fob_token_places *places)
{
    char wanted[WANTED_MAX];

    read_wanted(request, wanted);
    fob_token_places_find(places, wanted);
}

/* --- the lock ------------------------------------------------------------*/

static enum fob_status lock_path(const struct fob_token_place *place,
                                 char path[static FOB_PATH_MAX],
                                 struct fob_error *error)
{
    char name[FOB_TOKEN_PATH_MAX + 16];

    if (fob_text_format(name, sizeof(name), "%s:%s", place->transport->name,
                        place->serial[0] != '\0' ? place->serial
                                                 : place->path) != FOB_OK)
        return FOB_E_FAILED;
    return state_file_make("tokens", name, path, error);
}

static enum fob_status lock_waiting(struct fob_request *request,
                                    const char *path, int *lock)
{
    int64_t end_ms = fob_monotonic_ms() + LOCK_WAIT_MS;
    enum fob_status status;

    request_progress(request, "waiting for another fob to finish with the "
                              "token");
    do {
        fob_error_clear(&request->error);
        status = state_file_lock(path, LOCK_SLICE_MS, lock, &request->error);
    } while (status == FOB_E_BUSY && fob_monotonic_ms() < end_ms &&
             !caller_is_gone(request));
    if (status == FOB_E_BUSY)
        fob_error_set(&request->error, FOB_E_TOKEN_BLOCKED,
                      "another fob keeps the token");
    return status == FOB_E_BUSY ? FOB_E_TOKEN_BLOCKED : status;
}

static enum fob_status take_lock(struct fob_request *request,
                                 const struct fob_token_place *place,
                                 bool may_wait, int *lock)
{
    char path[FOB_PATH_MAX];
    struct fob_error *error = &request->error;
    enum fob_status status = lock_path(place, path, error);

    if (status == FOB_OK)
        status = state_file_lock(path, 0, lock, error);
    if (status != FOB_E_BUSY)
        return status;
    if (may_wait)
        return lock_waiting(request, path, lock);
    fob_error_clear(error);
    return FOB_E_BUSY;
}

/* --- open ----------------------------------------------------------------*/

static enum fob_status open_locked(struct fob_request *request,
                                   const struct fob_token_place *place,
                                   bool may_wait, struct token_session *session)
{
    enum fob_status status;

    *session = (struct token_session){.request = request, .lock = -1};
    session->watch = (struct fob_token_watch){wait_on, session};
    status = take_lock(request, place, may_wait, &session->lock);
    if (status == FOB_OK)
        status = fob_token_open(&session->token, place, &session->watch);
    if (status != FOB_OK)
        token_close(session);
    return status;
}

enum fob_status token_open_place(struct fob_request *request,
                                 const struct fob_token_place *place,
                                 struct token_session *session)
{
    return open_locked(request, place, false, session);
}

void token_close(struct token_session *session)
{
    fob_token_close(&session->token);
    if (session->lock >= 0)
        close(session->lock);
    session->lock = -1;
}

static enum fob_status word_absent(struct fob_request *request,
                                   const struct fob_token_places *places,
                                   const char *serial)
{
    struct fob_error *error = &request->error;

    if (serial[0] == '\0')
        fob_error_set(error, FOB_E_TOKEN_ABSENT, "no token is plugged in");
    else
        fob_error_set(error, FOB_E_TOKEN_ABSENT, "token %s is not there",
                      serial);
    if (places->trouble != NULL)
        fob_error_hint(error, "%s", places->trouble);
    else if (serial[0] != '\0')
        fob_error_hint(error, "plug in token %s", serial);
    else
        fob_error_hint(error, "plug one in, then: fob token list");
    return FOB_E_TOKEN_ABSENT;
}

static enum fob_status word_ambiguous(struct fob_request *request)
{
    fob_error_set(&request->error, FOB_E_AMBIGUOUS,
                  "more than one token is plugged in");
    fob_error_hint(&request->error, "name one in FOB_TOKEN; they are listed "
                                    "by: fob token list");
    return FOB_E_AMBIGUOUS;
}

/* What a place is that cannot be opened, when it may be the token meant. */
static bool is_worth_telling(enum fob_status status, const char *serial,
                             const struct fob_token_place *place)
{
    bool is_named = serial[0] != '\0' && strcmp(place->serial, serial) == 0;

    if (status == FOB_E_TOKEN_ABSENT || status == FOB_E_UNSUPPORTED)
        return false;
    return is_named || place->transport != &fob_token_pcsc;
}

static enum fob_status word_open(struct fob_request *request,
                                 const struct fob_token_place *place,
                                 enum fob_status status)
{
    struct fob_token token = {0};

    if (request->error.status != FOB_OK)
        return request->error.status;
    if (status == FOB_E_FAILED) {
        fob_error_set(&request->error, FOB_E_TOKEN_ABSENT,
                      "the system does not let fob near the token at %s",
                      place->path);
        fob_error_hint(&request->error, "install fob's udev rules, then plug "
                                        "it in again");
        return FOB_E_TOKEN_ABSENT;
    }
    strcpy(token.serial, place->serial[0] != '\0' ? place->serial : "there");
    return fob_token_word(&token, status, "nothing was asked of it",
                          &request->error);
}

static bool is_it(const struct token_session *session, const char *serial)
{
    return serial[0] == '\0' || strcmp(session->token.serial, serial) == 0;
}

/* The first place where `serial` is; with "" the only one. */
static enum fob_status open_among(struct fob_request *request,
                                  const struct fob_token_places *places,
                                  const char *serial,
                                  struct token_session *session)
{
    struct token_session other;
    bool found = false;

    for (size_t i = 0; i < places->count; i++) {
        const struct fob_token_place *place = &places->place[i];
        struct token_session *into = found ? &other : session;
        enum fob_status status;

        if (!fob_token_place_may_be(place, serial))
            continue;
        status = open_locked(request, place, true, into);
        if (status != FOB_OK && is_worth_telling(status, serial, place)) {
            if (found)
                token_close(session);
            return word_open(request, place, status);
        }
        fob_error_clear(&request->error);
        if (status != FOB_OK)
            continue;
        if (!is_it(into, serial)) {
            token_close(into);
        } else if (found) {
            token_close(into);
            token_close(session);
            return word_ambiguous(request);
        } else if (serial[0] != '\0') {
            return FOB_OK;
        } else {
            found = true;
        }
    }
    return found ? FOB_OK : word_absent(request, places, serial);
}

enum fob_status token_open(struct fob_request *request, const char *serial,
                           struct token_session *session)
{
    char wanted[WANTED_MAX];
    struct fob_token_places places;

    *session = (struct token_session){.request = request, .lock = -1};
    read_wanted(request, wanted);
    fob_token_places_find(&places, wanted);
    if (serial[0] == '\0' && strncmp(wanted, "sim:", 4) != 0)
        serial = wanted;
    return open_among(request, &places, serial, session);
}

/* --- ready ---------------------------------------------------------------*/

static enum fob_status ask(struct token_session *session, const char *what,
                           struct fob_secret *answer)
{
    char text[FOB_TOKEN_SERIAL_MAX + 64];
    enum fob_status status = fob_text_format(
        text, sizeof(text), "%s of token %s", what, session->token.serial);

    if (status == FOB_OK)
        status =
            request_ask(session->request, FOB_QUESTION_TOKEN, text, answer);
    if (status == FOB_E_NOBODY) {
        fob_error_set(&session->request->error, status,
                      "token %s is locked, and nobody can be asked",
                      session->token.serial);
        fob_error_hint(&session->request->error, "fob token unlock");
    }
    return status;
}

static enum fob_status word_wrong(struct token_session *session)
{
    struct fob_token *token = &session->token;

    fob_error_set(&session->request->error, FOB_E_WRONG_KEY,
                  "wrong passphrase for token %s, %u tries left", token->serial,
                  (unsigned)token->info.tries);
    if (token->info.tries == 0)
        fob_error_hint(&session->request->error,
                       "fob token reset, which erases it");
    return FOB_E_WRONG_KEY;
}

static enum fob_status unseal(struct token_session *session)
{
    struct fob_token *token = &session->token;
    struct fob_error *error = &session->request->error;
    struct fob_secret passphrase = {0}, key = {0};
    enum fob_status status;

    if (token->info.is_lost || token->info.tries == 0)
        return fob_token_word(token, FOB_E_TOKEN_BLOCKED, "it stays locked",
                              error);
    status = ask(session, "Passphrase", &passphrase);
    if (status != FOB_OK)
        goto out;
    status = fob_token_derive(token->info.kdf, token->info.kdf_len, &passphrase,
                              &key);
    if (status == FOB_OK)
        status = fob_token_unseal(token, key.data);
    if (status == FOB_OK) /* a locked one does not tell of its password */
        status = fob_token_select(token);
    if (status == FOB_E_WRONG_KEY)
        word_wrong(session);
    else
        status = fob_token_word(token, status, "it stays locked", error);
out:
    fob_secret_free(&key);
    fob_secret_free(&passphrase);
    return status;
}

static enum fob_status give_password(struct token_session *session)
{
    struct fob_token *token = &session->token;
    struct fob_secret password = {0}, key = {0};
    enum fob_status status = ask(session, "Password", &password);

    if (status != FOB_OK)
        goto out;
    status = fob_token_derive_access(token->id, &password, &key);
    if (status == FOB_OK)
        status = fob_token_validate(token, key.data);
    status = fob_token_word(token, status, "it stays locked",
                            &session->request->error);
out:
    fob_secret_free(&key);
    fob_secret_free(&password);
    return status;
}

enum fob_status token_make_ready(struct token_session *session)
{
    const struct fob_token *token = &session->token;
    enum fob_status status = FOB_OK;

    if (token->is_own && token->info.is_locked)
        status = unseal(session);
    if (status == FOB_OK && token->challenge_len > 0)
        status = give_password(session);
    return status;
}

enum fob_status token_open_ready(struct fob_request *request,
                                 const char *serial,
                                 struct token_session *session)
{
    enum fob_status status = token_open(request, serial, session);

    if (status == FOB_OK)
        status = token_make_ready(session);
    if (status != FOB_OK)
        token_close(session);
    return status;
}
