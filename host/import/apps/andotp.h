/* SPDX-License-Identifier: MIT */
/* What andOTP's files hold, plain or once they are open. */
#ifndef FOB_HOST_IMPORT_APPS_ANDOTP_H
#define FOB_HOST_IMPORT_APPS_ANDOTP_H

#include "host/import/sink/sink.h"

/* Put the accounts of an array, a value of fob_json_view_open. */
FOB_MUST_CHECK enum fob_status andotp_accounts(struct fob_span array,
                                               struct import_sink *sink);

#endif
