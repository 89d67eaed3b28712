/* SPDX-License-Identifier: MIT */
/* What can be seen of tokens without talking to them: why there is none. */
#ifndef FOB_HOST_TOKEN_SIGHT_H
#define FOB_HOST_TOKEN_SIGHT_H

#include <stdbool.h>

/* Whether a fob token is on the USB, whatever the kernel made of it. */
bool fob_sight_has_usb(void);

/* Whether fob's udev rules are installed. */
bool fob_sight_has_rules(void);

/* Whether scdaemon runs, which keeps cards for GnuPG. */
bool fob_sight_has_scdaemon(void);

#endif
