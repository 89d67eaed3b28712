/* SPDX-License-Identifier: MIT */
#ifndef FOB_HOST_EXPORT_UUID_H
#define FOB_HOST_EXPORT_UUID_H

#include "src/status.h"

enum { UUID_TEXT_LEN = 36 };

/* A random UUID (RFC 9562, section 5.4), NUL-ended.  FOB_E_FAILED without
 * randomness. */
FOB_MUST_CHECK enum fob_status uuid_make(char text[static UUID_TEXT_LEN + 1]);

#endif
