/* SPDX-License-Identifier: MIT */
/* What backups of Stratum hold, plain or once they are open. */
#ifndef FOB_HOST_IMPORT_APPS_STRATUM_H
#define FOB_HOST_IMPORT_APPS_STRATUM_H

#include "host/import/sink/sink.h"

/* Put the accounts of a backup, a value of fob_json_view_open. */
FOB_MUST_CHECK enum fob_status stratum_accounts(struct fob_span backup,
                                                struct import_sink *sink);

#endif
