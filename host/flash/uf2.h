/* SPDX-License-Identifier: MIT */
/* UF2 files (Microsoft's specification): blocks of 512 bytes, each with a
 * piece of flash and where it goes. */
#ifndef FOB_HOST_FLASH_UF2_H
#define FOB_HOST_FLASH_UF2_H

#include "host/base/error.h"
#include "host/base/secret.h"

enum { UF2_BLOCK_LEN = 512 };

/* Whether bytes begin as a UF2 file does. */
bool uf2_is(const void *data, size_t len);

/* The flash that a whole file for the RP2040 describes, from the start of
 * flash to the last page written, into the empty `image`; pages that no block
 * writes are FF.  Blocks must be numbered from 0 in their order, count alike,
 * and hold one page each that no other block holds.  FOB_E_SYNTAX,
 * FOB_E_TOO_SHORT, FOB_E_TOO_LONG (beyond LAYOUT_FIRMWARE_MAX) and
 * FOB_E_UNSUPPORTED (for another chip), error set; `image` is then left empty.
 */
FOB_MUST_CHECK enum fob_status uf2_read(const void *data, size_t len,
                                        struct fob_secret *image,
                                        struct fob_error *error);

#endif
