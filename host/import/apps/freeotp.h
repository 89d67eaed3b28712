/* SPDX-License-Identifier: MIT */
/* One token, which FreeOTP and FreeOTP+ write alike. */
#ifndef FOB_HOST_IMPORT_APPS_FREEOTP_H
#define FOB_HOST_IMPORT_APPS_FREEOTP_H

#include "host/import/sink/sink.h"

/* Read the token, a value of fob_json_view_open, and put it. */
FOB_MUST_CHECK enum fob_status freeotp_token_put(struct fob_span value,
                                                 size_t place,
                                                 struct import_sink *sink);

#endif
