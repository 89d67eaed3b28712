/* SPDX-License-Identifier: MIT */
#include "firmware/app/oath/oath_state.h"

#include "firmware/app/store/store_mount.h"
#include "src/wipe.h"

enum { IDENTIFY_MS = 5000 };

void oath_state_init(struct oath *oath)
{
    fob_wipe(oath, sizeof(*oath));
    oath->epoch = 1;
    store_mount(&oath->store, &oath->random);
}

void oath_state_revoke_sessions(struct oath *oath)
{
    oath->epoch++;
}

void oath_state_identify(struct oath *oath, uint64_t now_ms)
{
    oath->identify_ms = now_ms + IDENTIFY_MS;
}
