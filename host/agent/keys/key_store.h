/* SPDX-License-Identifier: MIT */
/* The access keys of the vault, also while one is rotated. */
#ifndef FOB_HOST_AGENT_KEYS_KEY_STORE_H
#define FOB_HOST_AGENT_KEYS_KEY_STORE_H

#include "host/agent/profile/key_place.h"
#include "host/agent/request/request.h"
#include "host/vault/access_keys.h"

/* The key of `place`, or the new one waiting to take its place;
 * FOB_E_NOT_FOUND. */
FOB_MUST_CHECK enum fob_status key_store_get(struct fob_request *request,
                                             const struct key_place *place,
                                             struct fob_access_key *key);
FOB_MUST_CHECK enum fob_status key_store_get_new(struct fob_request *request,
                                                 const struct key_place *place,
                                                 struct fob_access_key *key);

/* Keep the key as that of `place`.  One of another id that is there stays in
 * the vault under a name with its id, and the caller is told. */
FOB_MUST_CHECK enum fob_status key_store_put(struct fob_request *request,
                                             const struct key_place *place,
                                             struct fob_access_key *key);

/* Keep the new key of `place` beside the present one. */
FOB_MUST_CHECK enum fob_status key_store_put_new(struct fob_request *request,
                                                 const struct key_place *place,
                                                 struct fob_access_key *key);

/* In one step: the new key of `place` takes the place of the key `old_id`, in
 * whatever profile of whatever files that stands. */
FOB_MUST_CHECK enum fob_status key_store_switch(struct fob_request *request,
                                                const struct key_place *place,
                                                const char *old_id);

#endif
