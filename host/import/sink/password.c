/* SPDX-License-Identifier: MIT */
#include "host/import/sink/password.h"

enum { TRIES = 3 };

enum fob_status password_ask(
    const struct fob_import_callbacks *callbacks, const char *file,
    enum fob_status (*try_one)(void *context, const struct fob_secret *password,
                               struct fob_error *error),
    void *context, struct fob_error *error)
{
    bool has_another = true;

    for (int i = 0; i < TRIES && has_another; i++) {
        struct fob_secret password = {0};
        enum fob_status status = callbacks->ask(
            callbacks->context, callbacks->file, i > 0, &password, error);

        has_another = status == FOB_OK;
        if (has_another)
            status = try_one(context, &password, error);
        fob_secret_free(&password);
        if (status != FOB_E_WRONG_KEY)
            return status;
    }
    fob_error_set(error, FOB_E_WRONG_KEY, "the password does not open the %s",
                  file);
    fob_error_advise(error, "try the password that was given to the app when "
                            "the file was made");
    return FOB_E_WRONG_KEY;
}
