/* SPDX-License-Identifier: MIT */
/* PICOBOOT, the commands of the boot loader in the RP2040's ROM (data sheet,
 * 2.8.5). */
#ifndef FOB_HOST_FLASH_PICOBOOT_H
#define FOB_HOST_FLASH_PICOBOOT_H

#include "host/base/error.h"
#include "host/flash/usb.h"

enum { PICOBOOT_VENDOR = 0x2e8a, PICOBOOT_PRODUCT = 0x0003 };

/* A board in its boot loader.  Each call below words its fault:
 * FOB_E_TOKEN_ABSENT when the board is gone, else FOB_E_IO.  Addresses are
 * those of the flash in the chip's address space. */
struct picoboot {
    const struct usb *usb;
    uint32_t token; /* of the latest command */
};

/* Open the board at `place`, end what another program left half done, and
 * keep the board's mass storage off the flash.  FOB_E_FAILED when the system
 * lets us not.  After FOB_OK it is to be closed. */
FOB_MUST_CHECK enum fob_status picoboot_open(struct picoboot *board,
                                             const struct usb *usb,
                                             const char *place,
                                             struct fob_error *error);
void picoboot_close(struct picoboot *board);

/* Whole sectors. */
FOB_MUST_CHECK enum fob_status picoboot_erase(struct picoboot *board,
                                              uint32_t address, size_t len,
                                              struct fob_error *error);
/* Whole pages, erased before. */
FOB_MUST_CHECK enum fob_status picoboot_write(struct picoboot *board,
                                              uint32_t address,
                                              const void *data, size_t len,
                                              struct fob_error *error);
FOB_MUST_CHECK enum fob_status picoboot_read(struct picoboot *board,
                                             uint32_t address, void *data,
                                             size_t len,
                                             struct fob_error *error);
/* Start what is in flash; the board leaves USB. */
FOB_MUST_CHECK enum fob_status picoboot_reboot(struct picoboot *board,
                                               struct fob_error *error);

#endif
