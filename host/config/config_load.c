/* SPDX-License-Identifier: MIT */
#include "host/base/file.h"
#include "host/config/config.h"

#include <string.h>

static enum fob_status load_file(struct fob_config *config,
                                 enum fob_config_kind kind,
                                 enum fob_file_trust wanted, const char *path,
                                 struct fob_error *error)
{
    struct fob_secret text = {0};
    /* What people name to say that there shall be none. */
    enum fob_status status =
        strcmp(path, "/dev/null") == 0
            ? FOB_E_NOT_FOUND
            : fob_file_read_trusted(path, FOB_CONFIG_MAX, wanted, &text, error);

    *config = (struct fob_config){0};
    if (status == FOB_E_NOT_FOUND)
        fob_error_clear(error);
    else if (status != FOB_OK)
        return status;
    return fob_config_parse(config, kind, &text, path, error);
}

enum fob_status fob_config_load(struct fob_config *config,
                                enum fob_config_kind kind, const char *path,
                                struct fob_error *error)
{
    return load_file(config, kind, FOB_FILE_ANYBODYS, path, error);
}

enum fob_status fob_config_load_own(struct fob_config *config, const char *path,
                                    struct fob_error *error)
{
    return load_file(config, FOB_CONFIG_BARE, FOB_FILE_UNCHANGED, path, error);
}
