/* SPDX-License-Identifier: MIT */
#ifndef FOB_HOST_CLI_UI_CLIPBOARD_H
#define FOB_HOST_CLI_UI_CLIPBOARD_H

#include "host/base/error.h"

#include <stddef.h>

enum { CLIPBOARD_MAX = 512 };

/* Hand at most CLIPBOARD_MAX bytes to the first clipboard program that takes
 * them, on its stdin. */
FOB_MUST_CHECK enum fob_status clipboard_copy(const void *data, size_t len,
                                              struct fob_error *error);

#endif
