/* SPDX-License-Identifier: MIT */
#include "firmware/app/app.h"

#include "firmware/app/oath/oath.h"
#include "firmware/app/peripherals/led.h"
#include "src/wipe.h"

#include <string.h>

enum {
    LEAVE_MS = 300, /* long enough for the last answer to reach the host */
    FETCH_MS = 500, /* within which a host that lives fetches its reply */
};

void fob_app_init(struct fob_app *app)
{
    fob_wipe(app, sizeof(*app));
    oath_state_init(&app->oath);
}

/* --- one command ---------------------------------------------------------*/

/* An answer that could be longer is given in parts of what a short Le can
 * ask for, or of all the room for an extended one. */
static size_t room_for(const struct fob_apdu *apdu)
{
    return apdu->extended ? FOB_APP_DATA_MAX : FOB_APDU_SHORT_MAX;
}

/* Nobody is to get the answer. */
static void drop_command(struct fob_app *app)
{
    fob_wipe(app->command, sizeof(app->command));
    fob_wipe(app->reply, sizeof(app->reply));
    presence_end(&app->oath.presence);
    app->oath.is_reset_asked = false;
    app->progress = FOB_IDLE;
}

static void finish_command(struct fob_app *app, size_t len, unsigned sw)
{
    app->reply[len] = (uint8_t)(sw >> 8);
    app->reply[len + 1] = (uint8_t)sw;
    app->reply_len = len + 2;
    app->done_ms = fob_port_clock_ms();
    app->progress = FOB_DONE;
    fob_wipe(app->command, sizeof(app->command));
    presence_end(&app->oath.presence);
    if (app->oath.is_leaving && app->leave_ms == 0)
        app->leave_ms = fob_port_clock_ms() + LEAVE_MS;
}

/* Data goes with success and with a part of a listing only. */
static void settle_result(struct fob_app *app, const struct call *call,
                          unsigned sw)
{
    bool has_data = sw == FOB_SW_OK || sw == FOB_SW_MORE;

    if (sw == CALL_WAIT) {
        app->progress = FOB_TOUCH;
        presence_want(&app->oath.presence, call->now_ms);
    } else if (sw == CALL_AGAIN) {
        app->progress = FOB_WORKING;
    } else if (has_data && call->reply.status != FOB_OK) {
        finish_command(app, 0, FOB_SW_FAILED);
    } else {
        finish_command(app, has_data ? call->reply.len : 0, sw);
    }
}

static void run_command(struct fob_app *app)
{
    struct call call = {
        .oath = &app->oath,
        .session = &app->sessions[app->owner],
        .now_ms = fob_port_clock_ms(),
        .is_over_ccid = app->owner == FOB_INTERFACE_CCID,
    };

    if (app->command_len > sizeof(app->command) ||
        fob_apdu_parse(&call.apdu, app->command, app->command_len) != FOB_OK) {
        finish_command(app, 0, FOB_SW_LENGTH);
        return;
    }
    fob_writer_init(&call.reply, app->reply, room_for(&call.apdu));
    settle_result(app, &call, oath_run(&call));
}

/* Nobody reads the other interface any more. */
static void drop_stale_reply(struct fob_app *app, enum fob_interface interface)
{
    if (app->progress == FOB_DONE && app->owner != interface &&
        fob_port_clock_ms() - app->done_ms >= FETCH_MS)
        drop_command(app);
}

enum fob_status fob_app_submit(struct fob_app *app,
                               enum fob_interface interface,
                               const uint8_t *apdu, size_t len)
{
    drop_stale_reply(app, interface);
    if (app->progress != FOB_IDLE)
        return FOB_E_BUSY;
    app->owner = interface;
    app->progress = FOB_WORKING;
    app->command_len = len;
    if (len <= sizeof(app->command))
        memcpy(app->command, apdu, len);
    return FOB_OK;
}

enum fob_progress fob_app_progress(const struct fob_app *app,
                                   enum fob_interface interface)
{
    return app->owner == interface ? app->progress : FOB_IDLE;
}

size_t fob_app_collect(struct fob_app *app, enum fob_interface interface,
                       uint8_t *reply)
{
    size_t len = app->reply_len;

    if (fob_app_progress(app, interface) != FOB_DONE)
        return 0;
    memcpy(reply, app->reply, len);
    fob_wipe(app->reply, sizeof(app->reply));
    app->progress = FOB_IDLE;
    return len;
}

void fob_app_cancel(struct fob_app *app, enum fob_interface interface)
{
    if (fob_app_progress(app, interface) == FOB_TOUCH)
        finish_command(app, 0, FOB_SW_DENIED);
}

void fob_app_draw(struct fob_app *app, void *data, size_t len)
{
    random_draw(&app->oath.random, data, len);
}

void fob_app_identify(struct fob_app *app)
{
    oath_state_identify(&app->oath, fob_port_clock_ms());
}

void fob_app_forget(struct fob_app *app, enum fob_interface interface)
{
    fob_wipe(&app->sessions[interface], sizeof(app->sessions[interface]));
    if (fob_app_progress(app, interface) != FOB_IDLE)
        drop_command(app);
}

void fob_app_give_way(struct fob_app *app)
{
    upkeep_give_way(&app->upkeep, fob_port_clock_ms());
}

/* --- the loop ------------------------------------------------------------*/

static enum led_sign sign_of(const struct fob_app *app, uint64_t now_ms)
{
    const struct oath *oath = &app->oath;

    if (app->progress == FOB_TOUCH)
        return LED_TOUCH;
    if (oath->identify_ms > now_ms)
        return LED_IDENTIFY;
    if (oath->store.is_resetting)
        return LED_WORKING;
    if (store_is_lost(&oath->store))
        return LED_LOST;
    return oath->store.is_open ? LED_READY : LED_LOCKED;
}

static void await_touch(struct fob_app *app)
{
    enum presence_state state = app->oath.presence.state;

    if (state == PRESENCE_TOUCHED)
        run_command(app);
    else if (state == PRESENCE_MISSED)
        finish_command(app, 0, FOB_SW_DENIED);
}

static void go_on_with_command(struct fob_app *app)
{
    if (app->progress == FOB_WORKING)
        run_command(app);
    else if (app->progress == FOB_TOUCH)
        await_touch(app);
}

static void leave_when_due(struct fob_app *app, uint64_t now_ms)
{
    bool for_loader = app->oath.is_for_loader;

    if (!app->oath.is_leaving || now_ms < app->leave_ms)
        return;
    fob_wipe(app, sizeof(*app));
    if (for_loader)
        fob_port_enter_boot_loader();
    else
        fob_port_reboot();
}

void fob_app_poll(struct fob_app *app)
{
    uint64_t now_ms = fob_port_clock_ms();

    fob_port_watchdog_kick();
    presence_poll(&app->oath.presence, now_ms);
    upkeep_poll(&app->upkeep, &app->oath.store, now_ms,
                app->progress == FOB_IDLE);
    if (!app->oath.store.is_resetting)
        go_on_with_command(app);
    led_show(sign_of(app, now_ms), now_ms);
    leave_when_due(app, now_ms);
}
