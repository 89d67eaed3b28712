/* SPDX-License-Identifier: MIT */
/* Writes of any shape over the port's pages, read back. */
#ifndef FOB_FIRMWARE_APP_LOG_FLASH_H
#define FOB_FIRMWARE_APP_LOG_FLASH_H

#include "firmware/port/port.h"

/* Program `len` bytes of RAM, which may cross pages.  FOB_E_IO when the flash
 * reads back otherwise. */
FOB_MUST_CHECK enum fob_status flash_write(uint32_t offset, const void *data,
                                           size_t len);

/* Overwrite a range with zeros. */
void flash_zero(uint32_t offset, size_t len);

/* Whether every byte of a range of at most 32 is `value`. */
bool flash_is_all(uint32_t offset, size_t len, uint8_t value);

#endif
