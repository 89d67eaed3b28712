/* SPDX-License-Identifier: MIT */
/* An access key that a person hands over, for a profile of the caller's AWS
 * files. */
#ifndef FOB_HOST_AGENT_KEYS_KEY_ADD_H
#define FOB_HOST_AGENT_KEYS_KEY_ADD_H

#include "host/agent/request/request.h"
#include "host/base/path.h"
#include "host/import/keys/key_text.h"

struct key_addition {
    const char *profile;
    const struct fob_key_text *key;
    bool is_one_of_many; /* nothing is noted about it */
    /* The config file, when the profile is in no file and was written there as
     * an empty section; else "". */
    char made_in[FOB_PATH_MAX];
    bool was_there;   /* the vault had just that */
    bool has_command; /* a credential_process of others goes before it */
};

/* Keep the key as that of the profile, and note what is as well to know: where
 * else the same key is, that a key in the files goes before it.  With the
 * error set and nothing changed, FOB_E_EXISTS when the files have another key
 * for the profile, FOB_E_UNSUPPORTED when it takes its key from another
 * profile. */
FOB_MUST_CHECK enum fob_status key_add(struct fob_request *request,
                                       struct key_addition *addition);

#endif
