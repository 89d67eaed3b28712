/* SPDX-License-Identifier: MIT */
/* From what the flash holds to a store, and back to an empty one. */
#ifndef FOB_FIRMWARE_APP_STORE_STORE_MOUNT_H
#define FOB_FIRMWARE_APP_STORE_STORE_MOUNT_H

#include "firmware/app/store/store.h"

/* Read the flash, finish what was cut, and open when no passphrase is set.
 * A blank flash gets an id and a master key; while there are no good random
 * numbers for them, or the key is lost, the store stays locked. */
void store_mount(struct store *store, struct random *random);

/* Commit to a reset: from here on nothing of the old content can be used,
 * also after a cut.  Then call store_reset_step until it gives false; the
 * store is then as new, with another id. */
void store_reset_begin(struct store *store);
bool store_reset_step(struct store *store);

/* Erase ahead what the next records will need, if that is due: for when nobody
 * waits. */
void store_make_room(struct store *store);

#endif
