/* SPDX-License-Identifier: MIT */
/* The files that a request to import brings along. */
#ifndef FOB_HOST_AGENT_SERVE_IMPORT_FILES_H
#define FOB_HOST_AGENT_SERVE_IMPORT_FILES_H

#include "host/agent/request/request.h"
#include "host/import/import.h"

/* Views into the request, but for the names. */
struct import_files {
    struct fob_import_file *file;
    size_t count;
    struct import_file_name *name;
};

/* FOB_E_USAGE for none, FOB_E_TOO_LONG for thousands, FOB_E_NO_MEMORY, error
 * set.  In any case follows import_files_free. */
FOB_MUST_CHECK enum fob_status import_files_find(struct fob_request *request,
                                                 struct import_files *files);
void import_files_free(struct import_files *files);

#endif
