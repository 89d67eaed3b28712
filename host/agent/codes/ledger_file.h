/* SPDX-License-Identifier: MIT */
/* The ledger files: one for each MFA device, shared by all agents under one
 * FOB_HOME, changed only under the device's lock. */
#ifndef FOB_HOST_AGENT_CODES_LEDGER_FILE_H
#define FOB_HOST_AGENT_CODES_LEDGER_FILE_H

#include "host/agent/request/request.h"
#include "host/aws/ledger.h"
#include "host/base/error.h"
#include "host/base/path.h"

struct ledger_file {
    char path[FOB_PATH_MAX];
    int lock; /* -1 while closed */
    struct fob_ledger ledger;
};

/* Take the device's lock, waiting at most `wait_ms`, and read what was spent.
 * FOB_E_BUSY, FOB_E_DAMAGED or FOB_E_IO, with the error set; nothing is then
 * held.  The lock dies with its holder. */
FOB_MUST_CHECK enum fob_status ledger_file_open(struct ledger_file *file,
                                                const char *serial, int wait_ms,
                                                struct fob_error *error);

/* The same, waiting as long as the caller does, to whom that is reported. */
FOB_MUST_CHECK enum fob_status ledger_file_wait(struct ledger_file *file,
                                                const char *serial,
                                                struct fob_request *request);

/* Write the ledger as it now is, and have it on disk. */
FOB_MUST_CHECK enum fob_status ledger_file_save(struct ledger_file *file,
                                                struct fob_error *error);

void ledger_file_close(struct ledger_file *file);

#endif
