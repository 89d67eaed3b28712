/* SPDX-License-Identifier: MIT */
/* Secrets on pages of their own: no access before and after, locked, in no
 * core dump, zero in a forked child.  Needs libc only; for the two homes of
 * secrets. */
#ifndef FOB_HOST_BASE_SECRET_PAGES_H
#define FOB_HOST_BASE_SECRET_PAGES_H

#include <stdbool.h>
#include <stddef.h>

/* Zeroed, or NULL.  It ends where the guard behind it begins (but for
 * alignment), so that an overrun faults at once. */
void *secret_pages_alloc(size_t size);
/* `data` of that `size`, wiped before. */
void secret_pages_free(void *data, size_t size);

/* Whether all that were ever given out are kept out of swap. */
bool secret_pages_are_locked(void);

#endif
