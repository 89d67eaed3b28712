/* SPDX-License-Identifier: MIT */
#include "host/agent/serve/backup_home.h"

#include "host/agent/profile/key_place.h"
#include "host/base/text.h"

enum fob_status backup_home_find(struct fob_request *request,
                                 struct fob_backup_home *home)
{
    struct fob_profile_paths paths;
    struct key_place place;
    enum fob_status status = fob_profile_find_paths(
        request->environment.variables, &paths, &request->error);

    *home = (struct fob_backup_home){0};
    if (status != FOB_OK)
        return status;
    key_place_make("", &paths, &place);
    if (fob_text_copy(home->config, sizeof(home->config), place.config) !=
            FOB_OK ||
        fob_text_copy(home->credentials, sizeof(home->credentials),
                      place.credentials) != FOB_OK)
        return fob_error_set(&request->error, FOB_E_TOO_LONG,
                             "the paths of the AWS files are too long");
    return FOB_OK;
}
