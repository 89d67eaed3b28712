/* SPDX-License-Identifier: MIT */
/*
 * Parsed files, kept for as long as the files stay as they are: of thousands
 * of profiles a request wants one.  A file with a secret in it is never kept,
 * nor one that was changed just now.  All calls may be made from any thread.
 */
#ifndef FOB_HOST_CONFIG_CONFIG_STORE_H
#define FOB_HOST_CONFIG_CONFIG_STORE_H

#include "host/config/config.h"

#include <pthread.h>

struct fob_config_store {
    pthread_mutex_t mutex;
    struct config_kept *newest;
};

void fob_config_store_init(struct fob_config_store *store);

/* Keeps nothing any more; who has a config of it goes on. */
void fob_config_store_empty(struct fob_config_store *store);

/* As fob_config_load, or the same from an earlier call; with NULL for a store
 * nothing is kept.  To be freed by fob_config_free in either case. */
FOB_MUST_CHECK enum fob_status
fob_config_store_load(struct fob_config_store *store, struct fob_config *config,
                      enum fob_config_kind kind, const char *path,
                      struct fob_error *error);

#endif
