/* SPDX-License-Identifier: MIT */
/* Descriptors of a process that outlives its caller's interest in it. */
#ifndef FOB_HOST_CLI_HELPER_DESCRIPTOR_H
#define FOB_HOST_CLI_HELPER_DESCRIPTOR_H

#include <stddef.h>

/* Move `fd` above the standard three, which a caller may not have open; -1
 * stays so, and tells of a fault. */
int descriptor_raise(int fd);

/* See that the standard three are open, on /dev/null if need be. */
void descriptor_fill_standard(void);

/* Close all above the standard three but the `count` in `kept`, where -1
 * stands for none. */
void descriptor_close_others(const int *kept, size_t count);

#endif
