/* SPDX-License-Identifier: MIT */
#include "host/cli/call/own_settings.h"

enum fob_status own_settings_load(struct fob_settings *settings,
                                  struct fob_error *error)
{
    char path[FOB_PATH_MAX];
    enum fob_status status = fob_path_get(FOB_PATH_SETTINGS, path, error);

    return status == FOB_OK ? fob_settings_load(path, settings, error) : status;
}
