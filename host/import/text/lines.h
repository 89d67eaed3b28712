/* SPDX-License-Identifier: MIT */
/* Lists of otpauth and otpauth-migration URIs. */
#ifndef FOB_HOST_IMPORT_TEXT_LINES_H
#define FOB_HOST_IMPORT_TEXT_LINES_H

#include "host/import/sink/sink.h"

/* Whether the first line that says something is a URI: then all have to be. */
bool lines_is_list(struct fob_span text);

/* Put every account of the list.  Faults as fob_import_read words them. */
FOB_MUST_CHECK enum fob_status lines_read(struct fob_span text,
                                          struct import_sink *sink);

#endif
