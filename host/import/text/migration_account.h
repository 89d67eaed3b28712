/* SPDX-License-Identifier: MIT */
/* One account of a Google Authenticator export. */
#ifndef FOB_HOST_IMPORT_TEXT_MIGRATION_ACCOUNT_H
#define FOB_HOST_IMPORT_TEXT_MIGRATION_ACCOUNT_H

#include "host/import/sink/sink.h"

/* Read a message OtpParameters of `len` bytes and put it.  What is wrong
 * with it is told to the sink; the status is the sink's. */
FOB_MUST_CHECK enum fob_status migration_account_read(const void *message,
                                                      size_t len, size_t place,
                                                      struct import_sink *sink);

#endif
