/* SPDX-License-Identifier: MIT */
/*
 * The head of a sector, its first unit: a mark that the erase before it was
 * whole, then the sector's place in the log with a CRC.
 */
#ifndef FOB_FIRMWARE_APP_LOG_SECTOR_H
#define FOB_FIRMWARE_APP_LOG_SECTOR_H

#include "src/status.h"

#include <stdbool.h>
#include <stdint.h>

enum sector_state {
    SECTOR_DIRTY, /* torn, given up or foreign: to be erased */
    SECTOR_BLANK, /* erased to the end, nothing written */
    SECTOR_OPEN,  /* holds records */
};

/* *sequence is the sector's place in the log when it is open. */
enum sector_state sector_look(uint8_t sector, uint32_t *sequence);

/* Give up what the sector holds, by zeroing its head in one write; erase;
 * mark.  A sector whose erase was cut never looks blank or open. */
void sector_erase(uint8_t sector);

/* Whether the units from byte `from` to `end` are erased, the head apart. */
bool sector_is_erased(uint8_t sector, uint32_t from, uint32_t end);

/* Turn a blank sector into an open one.  FOB_E_IO when it does not read back.
 */
FOB_MUST_CHECK enum fob_status sector_open(uint8_t sector, uint32_t sequence);

#endif
