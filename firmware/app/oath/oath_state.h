/* SPDX-License-Identifier: MIT */
/* What the application keeps from one command to the next. */
#ifndef FOB_FIRMWARE_APP_OATH_OATH_STATE_H
#define FOB_FIRMWARE_APP_OATH_OATH_STATE_H

#include "firmware/app/peripherals/presence.h"
#include "firmware/app/store/store.h"

/* The application's state, one for all interfaces. */
struct oath {
    struct store store;
    struct random random;
    struct presence presence;
    uint32_t epoch; /* sessions of an earlier one must authenticate again */
    uint8_t wrong_codes;  /* VALIDATEs in this power-up that were wrong */
    bool is_reset_asked;  /* by the command that runs */
    bool is_leaving;      /* restart once the answer is out */
    bool is_for_loader;   /* into the boot loader */
    uint64_t last_all;    /* step of the last CALCULATE ALL */
    uint64_t identify_ms; /* show who you are until then */
};

/* Mount the store and be as after power-up. */
void oath_state_init(struct oath *oath);

/* Make every session authenticate again. */
void oath_state_revoke_sessions(struct oath *oath);

/* Blink for some seconds. */
void oath_state_identify(struct oath *oath, uint64_t now_ms);

#endif
