/* SPDX-License-Identifier: MIT */
/* When the vault was last copied: the time of an empty file. */
#ifndef FOB_HOST_AGENT_STATE_BACKUP_MARK_H
#define FOB_HOST_AGENT_STATE_BACKUP_MARK_H

#include <stdbool.h>
#include <stdint.h>

/* A backup of `made_s` (Unix time) is there; an earlier one than is known
 * changes nothing.  Failing to note it does no harm. */
void backup_mark_set(int64_t made_s);

/* False when none is known of. */
bool backup_mark_get(int64_t *made_s);

#endif
