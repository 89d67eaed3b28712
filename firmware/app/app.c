/* SPDX-License-Identifier: MIT */
#include "firmware/app/app.h"

#include "src/wipe.h"

#include <string.h>

/* Long enough for the last answer to reach the host. */
enum { LEAVE_MS = 300 };

void fob_token_init(struct fob_token *token)
{
    fob_wipe(token, sizeof *token);
    oath_init(&token->oath);
}

/* --- one command ---------------------------------------------------------*/

/* An answer that could be longer is given in parts of what a short Le can
 * ask for, or of all the room for an extended one. */
static size_t room_for(const struct fob_apdu *apdu)
{
    return apdu->extended ? FOB_TOKEN_DATA_MAX : FOB_APDU_SHORT_MAX;
}

/* Nobody is to get the answer. */
static void drop(struct fob_token *token)
{
    fob_wipe(token->command, sizeof token->command);
    fob_wipe(token->reply, sizeof token->reply);
    presence_end(&token->oath.presence);
    token->orphaned = false;
    token->progress = FOB_IDLE;
}

static void finish(struct fob_token *token, size_t len, unsigned sw)
{
    if (token->orphaned) {
        drop(token);
        return;
    }
    token->reply[len] = (uint8_t)(sw >> 8);
    token->reply[len + 1] = (uint8_t)sw;
    token->reply_len = len + 2;
    token->progress = FOB_DONE;
    fob_wipe(token->command, sizeof token->command);
    presence_end(&token->oath.presence);
    if (token->oath.leaving && token->leave_ms == 0)
        token->leave_ms = fob_port_clock_ms() + LEAVE_MS;
}

/* Data goes with success and with a part of a listing only. */
static void settle(struct fob_token *token, const struct call *call,
                   unsigned sw)
{
    bool has_data = sw == FOB_SW_OK || sw == FOB_SW_MORE;

    if (sw == CALL_WAIT) {
        token->progress = FOB_TOUCH;
        presence_want(&token->oath.presence, call->now_ms);
    } else if (sw == CALL_AGAIN) {
        token->progress = FOB_WORKING;
    } else if (has_data && call->reply.status != FOB_OK) {
        finish(token, 0, FOB_SW_FAILED);
    } else {
        finish(token, has_data ? call->reply.len : 0, sw);
    }
}

static void run(struct fob_token *token)
{
    struct call call = {
        .oath = &token->oath,
        .session = &token->sessions[token->owner],
        .now_ms = fob_port_clock_ms(),
        .over_ccid = token->owner == FOB_FACE_CCID,
    };

    if (token->command_len > sizeof token->command ||
        fob_apdu_parse(&call.apdu, token->command, token->command_len) !=
            FOB_OK) {
        finish(token, 0, FOB_SW_LENGTH);
        return;
    }
    fob_writer_init(&call.reply, token->reply, room_for(&call.apdu));
    settle(token, &call, oath_run(&call));
}

enum fob_status fob_token_submit(struct fob_token *token, enum fob_face face,
                                 const uint8_t *apdu, size_t len)
{
    if (token->progress != FOB_IDLE)
        return FOB_E_BUSY;
    token->owner = face;
    token->progress = FOB_WORKING;
    token->command_len = len;
    if (len <= sizeof token->command)
        memcpy(token->command, apdu, len);
    return FOB_OK;
}

enum fob_progress fob_token_progress(const struct fob_token *token,
                                     enum fob_face face)
{
    return token->owner == face ? token->progress : FOB_IDLE;
}

size_t fob_token_collect(struct fob_token *token, enum fob_face face,
                         uint8_t *reply)
{
    size_t len = token->reply_len;

    if (fob_token_progress(token, face) != FOB_DONE)
        return 0;
    memcpy(reply, token->reply, len);
    fob_wipe(token->reply, sizeof token->reply);
    token->progress = FOB_IDLE;
    return len;
}

void fob_token_cancel(struct fob_token *token, enum fob_face face)
{
    if (fob_token_progress(token, face) == FOB_TOUCH)
        finish(token, 0, FOB_SW_DENIED);
}

void fob_token_identify(struct fob_token *token)
{
    oath_identify(&token->oath, fob_port_clock_ms());
}

/* A reset is not left half done, but nobody hears of its end. */
void fob_token_forget(struct fob_token *token, enum fob_face face)
{
    fob_wipe(&token->sessions[face], sizeof token->sessions[face]);
    if (fob_token_progress(token, face) == FOB_IDLE)
        return;
    if (token->oath.store.resetting)
        token->orphaned = true;
    else
        drop(token);
}

/* --- the loop ------------------------------------------------------------*/

static enum led_sign sign_of(const struct fob_token *token, uint64_t now_ms)
{
    const struct oath *oath = &token->oath;

    if (token->progress == FOB_TOUCH)
        return LED_TOUCH;
    if (oath->identify_ms > now_ms)
        return LED_IDENTIFY;
    if (oath->store.resetting)
        return LED_WORKING;
    if (store_is_lost(&oath->store))
        return LED_LOST;
    return oath->store.open ? LED_READY : LED_LOCKED;
}

static void await_touch(struct fob_token *token)
{
    enum presence_state state = token->oath.presence.state;

    if (state == PRESENCE_TOUCHED)
        run(token);
    else if (state == PRESENCE_MISSED)
        finish(token, 0, FOB_SW_DENIED);
}

static void leave_when_due(struct fob_token *token, uint64_t now_ms)
{
    bool for_loader = token->oath.leaving_for_loader;

    if (!token->oath.leaving || now_ms < token->leave_ms)
        return;
    fob_wipe(token, sizeof *token);
    if (for_loader)
        fob_port_enter_boot_loader();
    else
        fob_port_reboot();
}

void fob_token_poll(struct fob_token *token)
{
    uint64_t now_ms = fob_port_clock_ms();

    fob_port_watchdog_kick();
    presence_poll(&token->oath.presence, now_ms);
    if (token->progress == FOB_WORKING)
        run(token);
    else if (token->progress == FOB_TOUCH)
        await_touch(token);
    led_show(sign_of(token, now_ms), now_ms);
    leave_when_due(token, now_ms);
}
