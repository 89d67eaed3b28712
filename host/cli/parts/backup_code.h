/* SPDX-License-Identifier: MIT */
/* A code that goes out once: to a terminal, or into a file that is made for
 * it. */
#ifndef FOB_HOST_CLI_PARTS_BACKUP_CODE_H
#define FOB_HOST_CLI_PARTS_BACKUP_CODE_H

#include "host/wire/message.h"

/* Whether it can go out: into the file `path`, or, when that is NULL, to a
 * terminal.  FOB_E_NOBODY, FOB_E_EXISTS, with the error set. */
FOB_MUST_CHECK enum fob_status backup_code_check(const char *path,
                                                 struct fob_error *error);

/* The CODE of `reply`. */
FOB_MUST_CHECK enum fob_status backup_code_give(const struct fob_message *reply,
                                                const char *path,
                                                struct fob_error *error);

#endif
