/* SPDX-License-Identifier: MIT */
/*
 * Erratum RP2040-E5: after a bus reset, chips of the steppings B0 and B1 take
 * no notice of their host before they have seen 800 us of an idle bus, which
 * there is not behind a hub with busy neighbours.  Here they are shown one.
 */
#ifndef FOB_FIRMWARE_PORT_RP2040_ENUMERATION_H
#define FOB_FIRMWARE_PORT_RP2040_ENUMERATION_H

#include <stdbool.h>

/* The bus is being reset. */
void enumeration_start(void);

/* Go on; true while it is under way, for a few milliseconds after the end of
 * the reset, in which the processor must not sleep. */
bool enumeration_poll(void);

#endif
