/* SPDX-License-Identifier: MIT */
/* The items of Bitwarden, as exports and its command line have them. */
#ifndef FOB_HOST_IMPORT_APPS_BITWARDEN_ITEMS_H
#define FOB_HOST_IMPORT_APPS_BITWARDEN_ITEMS_H

#include "host/import/sink/sink.h"

/* Put the accounts of one item, or of an array of items; values of
 * fob_json_view_open.  Cards, notes, identities and logins without a TOTP are
 * no accounts, but all of an array may not be: FOB_E_SYNTAX, error set. */
FOB_MUST_CHECK enum fob_status bitwarden_items_read(struct fob_span items,
                                                    struct import_sink *sink);

#endif
