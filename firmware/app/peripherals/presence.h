/* SPDX-License-Identifier: MIT */
/*
 * Whether a person is there: a fresh press of the button for one request, or
 * the first seconds after power arrived, for what the owner may do to a token
 * in hand.
 */
#ifndef FOB_FIRMWARE_APP_PERIPHERALS_PRESENCE_H
#define FOB_FIRMWARE_APP_PERIPHERALS_PRESENCE_H

#include "src/frame.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    PRESENCE_WAIT_MS = FOB_TOUCH_WAIT_MS,
    PRESENCE_SETTLE_MS = 20,   /* a press or release lasts at least this */
    PRESENCE_FRESH_MS = 10000, /* how long power-up counts */
};

enum presence_state {
    PRESENCE_IDLE,
    PRESENCE_WAITING,
    PRESENCE_TOUCHED, /* not used yet */
    PRESENCE_MISSED,  /* nobody came in time */
};

struct presence {
    enum presence_state state;
    uint64_t deadline_ms;
    uint64_t changed_ms; /* when the button last moved */
    bool is_down;
    bool is_armed; /* the button was up since the wait began */
};

/* Begin to wait for a press that starts from now on. */
void presence_want(struct presence *presence, uint64_t now_ms);

void presence_poll(struct presence *presence, uint64_t now_ms);

/* Use a touch up: true once for each press that was waited for. */
bool presence_take(struct presence *presence);

/* End the wait, and forget a touch that nobody used. */
void presence_end(struct presence *presence);

/* Whether power arrived within the last seconds. */
bool presence_is_fresh(uint64_t now_ms);

#endif
