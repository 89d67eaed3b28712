/* SPDX-License-Identifier: MIT */
#include "host/import/sink/password.h"

enum { TRIES = 3 };

enum fob_status password_ask(
    const struct fob_import_callbacks *callbacks, const char *file,
    enum fob_status (*try_one)(void *context, const struct fob_secret *password,
                               struct fob_error *error),
    void *context, struct fob_error *error)
{
    for (int i = 0; i < TRIES; i++) {
        struct fob_secret password = {0};
        enum fob_status status = callbacks->ask(
            callbacks->context, callbacks->file, i > 0, &password, error);

        if (status == FOB_OK)
            status = try_one(context, &password, error);
        fob_secret_free(&password);
        if (status != FOB_E_WRONG_KEY)
            return status;
    }
    return fob_error_set(error, FOB_E_WRONG_KEY,
                         "the password does not open the %s", file);
}
