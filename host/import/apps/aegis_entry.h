/* SPDX-License-Identifier: MIT */
/* One entry of an Aegis vault. */
#ifndef FOB_HOST_IMPORT_APPS_AEGIS_ENTRY_H
#define FOB_HOST_IMPORT_APPS_AEGIS_ENTRY_H

#include "host/import/sink/sink.h"

/* Read the entry, a value of fob_json_view_open, and put it.  What is wrong
 * with it is told to the sink; the status is the sink's. */
FOB_MUST_CHECK enum fob_status
aegis_entry_read(struct fob_span entry, size_t place, struct import_sink *sink);

#endif
