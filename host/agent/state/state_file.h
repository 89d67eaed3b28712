/* SPDX-License-Identifier: MIT */
/* Files of the state folder that are named for something with a long name. */
#ifndef FOB_HOST_AGENT_STATE_STATE_FILE_H
#define FOB_HOST_AGENT_STATE_STATE_FILE_H

#include "host/base/error.h"
#include "host/base/path.h"

#include <stdbool.h>

/* FOLDER/DIGEST in the state folder, DIGEST being the SHA-256 of `name` in
 * hex: names hold slashes, are long, and need not be told to whoever lists
 * the folder.  The folder need not be there.  FOB_E_FAILED; the error is set.
 */
FOB_MUST_CHECK enum fob_status state_file_path(const char *folder,
                                               const char *name,
                                               char path[static FOB_PATH_MAX],
                                               struct fob_error *error);

/* The same where the file is to be made: its folder is made first. */
FOB_MUST_CHECK enum fob_status state_file_make(const char *folder,
                                               const char *name,
                                               char path[static FOB_PATH_MAX],
                                               struct fob_error *error);

/* The folder alone. */
FOB_MUST_CHECK enum fob_status state_file_folder(const char *folder,
                                                 char path[static FOB_PATH_MAX],
                                                 struct fob_error *error);

/* Call `visit` with the path of every file of the folder, locks included;
 * hidden ones are temporary.  A missing folder is an empty one. */
FOB_MUST_CHECK enum fob_status
state_file_each(const char *folder,
                void (*visit)(void *context, const char *path), void *context,
                struct fob_error *error);

/* Whether such a path is a lock's. */
bool state_file_is_lock(const char *path);

/* An exclusive lock for `path`, which dies with its holder; waiting at most
 * `wait_ms` (-1: for ever).  FOB_E_BUSY when the time is over. */
FOB_MUST_CHECK enum fob_status state_file_lock(const char *path, int wait_ms,
                                               int *lock,
                                               struct fob_error *error);

#endif
