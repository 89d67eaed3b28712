/* SPDX-License-Identifier: MIT */
#include "firmware/app/peripherals/presence.h"

#include "firmware/port/port.h"

void presence_want(struct presence *presence, uint64_t now_ms)
{
    presence->state = PRESENCE_WAITING;
    presence->deadline_ms = now_ms + PRESENCE_WAIT_MS;
    presence->is_armed = false;
}

/* Whether the button has stayed where it is. */
static bool is_settled(struct presence *presence, uint64_t now_ms)
{
    bool down = fob_port_is_button_down();

    if (down != presence->is_down) {
        presence->is_down = down;
        presence->changed_ms = now_ms;
    }
    return now_ms - presence->changed_ms >= PRESENCE_SETTLE_MS;
}

void presence_poll(struct presence *presence, uint64_t now_ms)
{
    bool settled = is_settled(presence, now_ms);

    if (presence->state != PRESENCE_WAITING)
        return;
    if (now_ms >= presence->deadline_ms)
        presence->state = PRESENCE_MISSED;
    else if (settled && !presence->is_down)
        presence->is_armed = true;
    else if (settled && presence->is_armed)
        presence->state = PRESENCE_TOUCHED;
}

bool presence_take(struct presence *presence)
{
    bool touched = presence->state == PRESENCE_TOUCHED;

    presence->state = PRESENCE_IDLE;
    return touched;
}

void presence_end(struct presence *presence)
{
    presence->state = PRESENCE_IDLE;
}

bool presence_is_fresh(uint64_t now_ms)
{
    return fob_port_is_cold_start() && now_ms < PRESENCE_FRESH_MS;
}
