/* SPDX-License-Identifier: MIT */
#ifndef FOB_SRC_WIPE_H
#define FOB_SRC_WIPE_H

#include <stdbool.h>
#include <stddef.h>

/* Overwrite `len` bytes with zeros in a way no compiler may leave out. */
void fob_wipe(void *data, size_t len);

/* Whether two buffers of `len` bytes are equal; time depends on `len` only. */
bool fob_equal(const void *a, const void *b, size_t len);

#endif
