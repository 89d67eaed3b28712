/* SPDX-License-Identifier: MIT */
/* fob-settings(5), where it is the command that goes by them. */
#ifndef FOB_HOST_CLI_CALL_OWN_SETTINGS_H
#define FOB_HOST_CLI_CALL_OWN_SETTINGS_H

#include "host/config/settings.h"

/* From where this run has them; the error is set. */
FOB_MUST_CHECK enum fob_status own_settings_load(struct fob_settings *settings,
                                                 struct fob_error *error);

#endif
