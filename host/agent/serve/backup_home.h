/* SPDX-License-Identifier: MIT */
/* Whose AWS files the keys of a backup are for. */
#ifndef FOB_HOST_AGENT_SERVE_BACKUP_HOME_H
#define FOB_HOST_AGENT_SERVE_BACKUP_HOME_H

#include "host/agent/request/request.h"
#include "host/vault/backup/backup_records.h"

/* The real paths of the files that the caller's variables lead to.  The error
 * is set. */
FOB_MUST_CHECK enum fob_status backup_home_find(struct fob_request *request,
                                                struct fob_backup_home *home);

#endif
