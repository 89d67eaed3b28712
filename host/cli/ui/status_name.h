/* SPDX-License-Identifier: MIT */
#ifndef CLI_STATUS_NAME_H
#define CLI_STATUS_NAME_H

#include "src/status.h"

/* The word for `status` in JSON, as fob(1) lists them. */
const char *status_name(enum fob_status status);

#endif
