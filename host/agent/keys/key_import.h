/* SPDX-License-Identifier: MIT */
#ifndef FOB_HOST_AGENT_KEYS_KEY_IMPORT_H
#define FOB_HOST_AGENT_KEYS_KEY_IMPORT_H

#include "host/agent/profile/profile.h"
#include "host/vault/access_keys.h"

/* Move the long-term key of the profile from the AWS files into the vault,
 * and tell it and the file's path (of the profile); without one there, make the
 * key that an older fob put under the profile's name that of these files, with
 * "" as path.  FOB_E_NOT_FOUND or
 * FOB_E_UNSUPPORTED, error set, when they have none to move. */
FOB_MUST_CHECK enum fob_status key_import(struct fob_request *request,
                                          const struct profile *profile,
                                          struct fob_access_key *key,
                                          const char **path);

#endif
