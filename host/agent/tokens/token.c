/* SPDX-License-Identifier: MIT */
#include "host/agent/tokens/token.h"

#include "host/agent/state/state_file.h"
#include "host/base/monotonic.h"
#include "host/base/text.h"
#include "src/frame.h"

#include <stdio.h>
#include <unistd.h>

enum {
    LOCK_SLICE_MS = 500, /* how often the caller is looked at meanwhile */
    LOCK_WAIT_MS = 60000,
};

/* --- who waits -----------------------------------------------------------*/

/* How long the token still waits for it, rounded up; 0 of one that is not our
 * own, which does not say. */
static uint32_t touch_left_s(struct token_session *session)
{
    const int64_t now_ms = fob_monotonic_ms();

    if (!session->token.is_own)
        return 0;
    if (!session->touch_told)
        session->touch_end_ms = now_ms + FOB_TOUCH_WAIT_MS;
    if (session->touch_end_ms <= now_ms)
        return session->touch_left_s;
    return (uint32_t)((session->touch_end_ms - now_ms + 999) / 1000);
}

/* Whoever looks on sees the seconds go. */
static void tell_touch(struct token_session *session)
{
    const uint32_t left_s = touch_left_s(session);
    char which[32] = "", left[32] = "";

    if (session->touch_told && left_s == session->touch_left_s)
        return;
    if (session->touches > 1)
        snprintf(which, sizeof(which), " (%u of %u)", session->touch,
                 session->touches);
    if (left_s > 0)
        snprintf(left, sizeof(left), ", %u s left", (unsigned)left_s);
    request_progress(
        session->request, "touch the token %s%s%s%s", session->token.serial,
        session->token.is_own ? "" : ", if it blinks", which, left);
    session->touch_left_s = left_s;
    session->touch_told = true;
}

static void tell_busy(struct token_session *session)
{
    if (!session->busy_told)
        request_progress(session->request,
                         "waiting for another program to finish with the "
                         "token");
    session->busy_told = true;
}

/* Work that nobody asked for must not make a token blink.  One that has not
 * told who it is yet is just slow: that takes no touch. */
static bool wait_on(void *context, enum fob_token_wait why)
{
    struct token_session *session = context;

    if (request_is_abandoned(session->request))
        return false;
    if (why == FOB_TOKEN_BUSY)
        tell_busy(session);
    if (why != FOB_TOKEN_TOUCH || session->token.serial[0] == '\0')
        return true;
    if (session->request->fd == REQUEST_NOBODY)
        return false;
    tell_touch(session);
    return true;
}

void token_expect_touch(struct token_session *session)
{
    session->touch_told = false;
    session->touch++;
}

/* --- the lock ------------------------------------------------------------*/

static enum fob_status lock_path(const struct fob_token_location *place,
                                 char path[static FOB_PATH_MAX],
                                 struct fob_error *error)
{
    char name[FOB_TOKEN_PATH_MAX + 16];

    /* Not the serial, which two may have. */
    if (fob_text_format(name, sizeof(name), "%s:%s", place->transport->name,
                        place->path) != FOB_OK)
        return FOB_E_FAILED;
    return state_file_make("tokens", name, path, error);
}

static void word_kept(struct fob_error *error)
{
    fob_error_set(error, FOB_E_TOKEN_BLOCKED, "another fob keeps the token");
    fob_error_hint(error, "to see who: fob doctor");
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
             !request_is_abandoned(request));
    if (status == FOB_E_BUSY)
        word_kept(&request->error);
    return status == FOB_E_BUSY ? FOB_E_TOKEN_BLOCKED : status;
}

static enum fob_status take_lock(struct fob_request *request,
                                 const struct fob_token_location *place,
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

enum fob_status token_open_at(struct fob_request *request,
                              const struct fob_token_location *place,
                              bool may_wait, struct token_session *session)
{
    enum fob_status status;

    *session =
        (struct token_session){.request = request, .place = *place, .lock = -1};
    session->watch = (struct fob_token_watch){wait_on, session};
    status = take_lock(request, place, may_wait, &session->lock);
    session->is_taken = status == FOB_E_BUSY;
    if (status == FOB_OK)
        status = fob_token_open(&session->token, place, &session->watch);
    if (status != FOB_OK)
        token_close(session);
    return status;
}

void token_close(struct token_session *session)
{
    fob_token_close(&session->token);
    if (session->lock >= 0)
        close(session->lock);
    session->lock = -1;
}
