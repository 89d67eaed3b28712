/* SPDX-License-Identifier: MIT */
/* The walls around what speaks with a board. */
#ifndef FOB_HOST_FLASH_SANDBOX_H
#define FOB_HOST_FLASH_SANDBOX_H

#include "host/sandbox/sandbox.h"

/* What is left is stdin and stdout, the nodes of USB devices, what the kernel
 * and udev tell of them, their news (netlink), and threads. */
extern const struct fob_sandbox flash_sandbox;

#endif
