/* SPDX-License-Identifier: MIT */
#ifndef FOB_HOST_CLI_UI_CLIPBOARD_H
#define FOB_HOST_CLI_UI_CLIPBOARD_H

#include "host/base/error.h"

#include <stddef.h>
#include <stdint.h>

enum { CLIPBOARD_MAX = 512 };

/* Hand at most CLIPBOARD_MAX bytes to the first clipboard program that takes
 * them, on its stdin.  After `clear_s`, unless that is 0, a process that nobody
 * waits for has the same program empty the clipboard, if they are still what
 * is on it. */
FOB_MUST_CHECK enum fob_status clipboard_copy(const void *data, size_t len,
                                              uint32_t clear_s,
                                              struct fob_error *error);

#endif
