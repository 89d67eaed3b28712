/* SPDX-License-Identifier: MIT */
/* Opening an encrypted export of Proton Authenticator. */
#ifndef FOB_HOST_IMPORT_APPS_PROTON_OPEN_H
#define FOB_HOST_IMPORT_APPS_PROTON_OPEN_H

#include "host/import/sink/item.h"
#include "src/span.h"

/* Decrypt `content`, as argon2_file_open; FOB_E_SYNTAX, error set, when it or
 * the salt is malformed.  Both are values of fob_json_view_open. */
FOB_MUST_CHECK enum fob_status
proton_open(struct fob_span salt, struct fob_span content,
            const struct fob_import_callbacks *callbacks,
            struct fob_secret *plain, struct fob_error *error);

#endif
