/* SPDX-License-Identifier: MIT */
/*
 * Everything a board supplies, besides its USB controller
 * (firmware/usb/controller.h).  Every function is mandatory and has no
 * default.  The application polls: nothing here calls back, nothing blocks
 * beyond the flash operation it stands for, and no call comes from an
 * interrupt.  docs/porting.md tells how to add a board.
 */
#ifndef FOB_FIRMWARE_PORT_PORT_H
#define FOB_FIRMWARE_PORT_PORT_H

#include "src/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* --- time ----------------------------------------------------------------*/

/* Milliseconds since the last start, from a crystal; never goes back. */
uint64_t fob_port_clock_ms(void);

/* Whether the last start was power arriving, and not a reboot, a watchdog or
 * a debugger: only then do the first seconds count as a person's presence. */
bool fob_port_is_cold_start(void);

/* --- flash ---------------------------------------------------------------
 * One region of NOR flash that nothing else uses, addressed from 0.  Erasing
 * sets every bit of a sector, programming only ever clears bits and may be
 * repeated on the same bytes.  A cut of the power in the middle of a call may
 * leave any part of its bits changed, and nothing outside its range. */

enum {
    FOB_PORT_SECTOR = 4096, /* bytes, the unit of erasing */
    FOB_PORT_PAGE = 256,    /* bytes, no program call crosses one */
    FOB_PORT_SECTORS = 32,  /* sectors of the region */
};

/* Copy `len` bytes at `offset`; the range lies inside the region. */
void fob_port_flash_read(uint32_t offset, void *data, size_t len);

/* Clear those bits of flash that are clear in `data`.  The range lies inside
 * one page; any `offset` and `len` within it, also repeatedly; `data` lies in
 * RAM.  The caller reads back what matters to it. */
void fob_port_flash_program(uint32_t offset, const void *data, size_t len);

/* Set all bits of sector number `sector`. */
void fob_port_flash_erase(uint32_t sector);

/* --- person --------------------------------------------------------------*/

/* Whether the button is down now; raw, the application debounces. */
bool fob_port_is_button_down(void);

void fob_port_led_set(bool on);

/* --- chip ----------------------------------------------------------------*/

enum { FOB_PORT_UNIQUE_ID = 8 };

/* `len` bytes of full entropy, conditioned and health-tested by the port.
 * FOB_E_FAILED when the source fails its tests; `data` is then all zero and
 * the application refuses what needed it. */
FOB_MUST_CHECK enum fob_status fob_port_random(void *data, size_t len);

/* A number that stays with the board and differs between boards; no secret. */
void fob_port_unique_id(uint8_t id[static FOB_PORT_UNIQUE_ID]);

/* Tell the watchdog that the application lives; at least once a second. */
void fob_port_watchdog_kick(void);

/* Start again as after a watchdog, or into the chip's own USB boot loader.
 * Neither returns on hardware, where RAM is cleared first. */
void fob_port_reboot(void);
void fob_port_enter_boot_loader(void);

#endif
