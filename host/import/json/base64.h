/* SPDX-License-Identifier: MIT */
/* RFC 4648 sections 4 and 5, without branches or look-ups on the data. */
#ifndef FOB_HOST_IMPORT_JSON_BASE64_H
#define FOB_HOST_IMPORT_JSON_BASE64_H

#include "src/status.h"

#include <stddef.h>
#include <stdint.h>

/* Either alphabet, padding right or wholly absent, unused bits zero.  `data`
 * has room for `len` bytes and may be `text` itself.  FOB_E_SYNTAX; *data_len
 * is then 0, and data half written. */
FOB_MUST_CHECK enum fob_status base64_decode(const char *text, size_t len,
                                             uint8_t *data, size_t *data_len);

#endif
