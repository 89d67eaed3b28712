/* SPDX-License-Identifier: MIT */
/*
 * Files of the state folder that only an agent which once unlocked the vault
 * can read: sealed with the cache's key, each under a name of its own.
 */
#ifndef FOB_HOST_AGENT_STATE_SEALED_FILE_H
#define FOB_HOST_AGENT_STATE_SEALED_FILE_H

#include "host/agent/request/agent.h"

enum { SEALED_NAME_MAX = 4096, SEALED_CONTENT_MAX = 65536 };

/* The name and content of the file `path`, the content into the empty
 * `content`.  No error is set: FOB_E_NOT_FOUND; FOB_E_LOCKED without the key;
 * FOB_E_DAMAGED. */
FOB_MUST_CHECK enum fob_status
sealed_file_open(struct fob_agent *agent, const char *path,
                 char name[static SEALED_NAME_MAX + 1],
                 struct fob_secret *content);

/* The same for the bytes of such a file. */
FOB_MUST_CHECK enum fob_status
sealed_file_decode(struct fob_agent *agent, const uint8_t *data, size_t len,
                   char name[static SEALED_NAME_MAX + 1],
                   struct fob_secret *content);

/* As sealed_file_open, FOB_E_DAMAGED too when the name is another. */
FOB_MUST_CHECK enum fob_status sealed_file_read(struct fob_agent *agent,
                                                const char *path,
                                                const char *name,
                                                struct fob_secret *content);

/* Replace the file, and have it on disk. */
FOB_MUST_CHECK enum fob_status
sealed_file_write(struct fob_agent *agent, const char *path, const char *name,
                  const struct fob_secret *content, struct fob_error *error);

#endif
