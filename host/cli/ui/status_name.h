/* SPDX-License-Identifier: MIT */
#ifndef FOB_HOST_CLI_UI_STATUS_NAME_H
#define FOB_HOST_CLI_UI_STATUS_NAME_H

#include "src/status.h"

/* The word for `status` in JSON, as fob(1) lists them. */
const char *status_name(enum fob_status status);

#endif
