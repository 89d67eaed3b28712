/* SPDX-License-Identifier: MIT */
/* Bytes that JSON holds as a string of base64. */
#ifndef FOB_HOST_IMPORT_JSON_JSON_BASE64_H
#define FOB_HOST_IMPORT_JSON_JSON_BASE64_H

#include "host/base/secret.h"
#include "src/span.h"

/* A value of fob_json_view_open into the empty `data`.  FOB_E_SYNTAX when it
 * is no string of base64, FOB_E_NO_MEMORY; `data` is then empty. */
FOB_MUST_CHECK enum fob_status json_base64_read(struct fob_span value,
                                                struct fob_secret *data);

#endif
