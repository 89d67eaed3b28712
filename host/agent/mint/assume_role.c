/* SPDX-License-Identifier: MIT */
#include "host/agent/mint/assume_role.h"

#include "host/agent/mint/role.h"
#include "host/agent/state/session_cache.h"

#include <unistd.h>

static enum fob_status call_sts(const struct assume_role *wanted,
                                const struct role *role,
                                const struct fob_endpoint *endpoint,
                                struct session *session)
{
    const struct fob_sigv4_key signer = session_signing_key(wanted->source);
    const struct role_call call = {.profile = wanted->profile,
                                   .role = role,
                                   .signer = &signer,
                                   .endpoint = endpoint,
                                   .serial = wanted->source->serial,
                                   .duration_s = wanted->duration_s,
                                   .refusal = wanted->refusal};

    return role_assume(wanted->request, &call, session);
}

/* Whoever waits for the lock finds what the first one got.  The session is
 * told apart by the one it is made from, which stands for the long-term key,
 * the device and the roles before. */
static enum fob_status get_once(const struct assume_role *wanted,
                                const struct role *role,
                                const struct fob_endpoint *endpoint,
                                struct session *session)
{
    const struct session_key key = {
        .access_key_id = wanted->source->credentials.access_key_id,
        .serial = wanted->source->serial,
        .role = role->id,
        .endpoint = endpoint};
    struct fob_agent *agent = wanted->request->agent;
    struct fob_error *error = &wanted->request->error;
    int lock;
    enum fob_status status;

    if (session_cache_get(agent, &key, wanted->left_s, session) == FOB_OK)
        return FOB_OK;
    status = session_cache_lock(wanted->request, &key, &lock);
    if (status != FOB_OK)
        return status;
    status = session_cache_get(agent, &key, wanted->left_s, session);
    if (status == FOB_E_NOT_FOUND) {
        status = call_sts(wanted, role, endpoint, session);
        if (status == FOB_OK)
            session_cache_keep(wanted->request, &key, session);
    } else if (status != FOB_OK) {
        fob_error_no_memory(error);
    }
    close(lock);
    return status;
}

enum fob_status assume_role_get(const struct assume_role *wanted,
                                struct session *session)
{
    struct fob_error *error = &wanted->request->error;
    struct fob_endpoint endpoint;
    struct role role = {0};
    enum fob_status status =
        profile_endpoint(wanted->profile, &endpoint, error);

    if (status == FOB_OK)
        status =
            role_load(wanted->profile, wanted->source->serial, &role, error);
    if (status == FOB_OK)
        status = get_once(wanted, &role, &endpoint, session);
    role_free(&role);
    return status;
}
