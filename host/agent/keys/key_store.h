/* SPDX-License-Identifier: MIT */
/* The access keys of the vault while one is rotated. */
#ifndef FOB_HOST_AGENT_KEYS_KEY_STORE_H
#define FOB_HOST_AGENT_KEYS_KEY_STORE_H

#include "host/agent/request/request.h"
#include "host/vault/access_keys.h"

/* The key of `profile`, or the new one waiting to take its place;
 * FOB_E_NOT_FOUND. */
FOB_MUST_CHECK enum fob_status key_store_get(struct fob_request *request,
                                             const char *profile,
                                             struct fob_access_key *key);
FOB_MUST_CHECK enum fob_status key_store_get_new(struct fob_request *request,
                                                 const char *profile,
                                                 struct fob_access_key *key);

/* Keep the new key of key->profile beside the present one. */
FOB_MUST_CHECK enum fob_status key_store_put_new(struct fob_request *request,
                                                 struct fob_access_key *key);

/* In one step: the new key of `profile` takes the place of the key `old_id`,
 * in whatever profile that stands. */
FOB_MUST_CHECK enum fob_status key_store_switch(struct fob_request *request,
                                                const char *profile,
                                                const char *old_id);

#endif
