/* SPDX-License-Identifier: MIT */
#ifndef FOB_FIRMWARE_PORT_SIM_FLASH_FILE_H
#define FOB_FIRMWARE_PORT_SIM_FLASH_FILE_H

#include "src/status.h"

#include <stddef.h>
#include <stdint.h>

/* Map a file of `len` bytes as the cells of a flash; a new one is all FF.
 * FOB_E_IO when it cannot be opened, FOB_E_SYNTAX when it has another size. */
FOB_MUST_CHECK enum fob_status flash_file_map(const char *path, size_t len,
                                              uint8_t **cells);

#endif
