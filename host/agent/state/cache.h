/* SPDX-License-Identifier: MIT */
/*
 * What the agent remembers on disk besides the vault: small records by name,
 * each a file sealed with the cache's key, so that any agent that once
 * unlocked the vault can read it, and nothing else can.  A record that cannot
 * be read is as good as none.
 */
#ifndef FOB_HOST_AGENT_STATE_CACHE_H
#define FOB_HOST_AGENT_STATE_CACHE_H

#include "host/agent/request/request.h"
#include "host/agent/state/sealed_file.h"

enum {
    CACHE_NAME_MAX = SEALED_NAME_MAX,
};

/* The content into the empty `content`; the error is not set.  FOB_E_NOT_FOUND
 * when there is none or no key to open it, FOB_E_NO_MEMORY when it may be
 * there. */
FOB_MUST_CHECK enum fob_status cache_get(struct fob_agent *agent,
                                         const char *name,
                                         struct fob_secret *content);

FOB_MUST_CHECK enum fob_status cache_put(struct fob_agent *agent,
                                         const char *name,
                                         const struct fob_secret *content,
                                         struct fob_error *error);

/* Put what can be asked for again: that it cannot be kept is a line of
 * progress, no more. */
void cache_keep(struct fob_request *request, const char *name,
                const struct fob_secret *content);

/* Call `visit` for each record that can be opened. */
FOB_MUST_CHECK enum fob_status
cache_each(struct fob_agent *agent,
           void (*visit)(void *context, const char *name,
                         const struct fob_secret *content),
           void *context, struct fob_error *error);

/* Delete the record of that name, if there is one. */
void cache_drop(const char *name);

/* Delete every record, readable or not. */
FOB_MUST_CHECK enum fob_status cache_clear(struct fob_error *error);

#endif
