/* SPDX-License-Identifier: MIT */
#include "host/agent/mint/assume_role.h"

#include "host/agent/mint/role.h"
#include "host/agent/state/session_cache.h"
#include "host/vault/accounts.h"

#include <unistd.h>

/* What AssumeRole comes down to.  The session is told apart by the one it
 * is made from, which stands for the long-term key, the device and the roles
 * before. */
struct plan {
    const struct assume_role *wanted;
    struct role role;
    struct fob_endpoint endpoint;
    char key_id[FOB_KEY_ID_MAX + 1];      /* of the source */
    char serial[FOB_ACCOUNT_ARN_MAX + 1]; /* of the device behind it */
};

static enum fob_status make_plan(const struct assume_role *wanted,
                                 struct plan *plan)
{
    struct fob_error *error = &wanted->request->error;
    enum fob_status status =
        profile_endpoint(wanted->profile, &plan->endpoint, error);

    if (status != FOB_OK)
        return status;
    if (fob_message_text(wanted->source, FOB_TAG_ACCESS_KEY_ID, plan->key_id,
                         sizeof(plan->key_id)) != FOB_OK ||
        fob_message_text(wanted->source, FOB_TAG_SERIAL, plan->serial,
                         sizeof(plan->serial)) != FOB_OK)
        return fob_error_set(error, FOB_E_DAMAGED,
                             "the session that the role of %s is assumed from "
                             "cannot be read",
                             wanted->profile->name);
    return role_load(wanted->profile, plan->serial, &plan->role, error);
}

static enum fob_status assume(const struct plan *plan,
                              struct fob_message *session)
{
    const struct assume_role *wanted = plan->wanted;
    struct fob_secret token = {0};
    struct fob_field field;
    struct fob_sigv4_key signer = {.access_key_id = plan->key_id};
    const struct role_order order = {.profile = wanted->profile,
                                     .role = &plan->role,
                                     .signer = &signer,
                                     .endpoint = &plan->endpoint,
                                     .serial = plan->serial,
                                     .duration_s = wanted->duration_s};
    enum fob_status status;

    fob_message_find(wanted->source, FOB_TAG_SESSION_TOKEN, &field);
    status = fob_secret_copy(&token, field.data, field.len);
    fob_message_find(wanted->source, FOB_TAG_SECRET_KEY, &field);
    signer.secret = field.data;
    signer.secret_len = field.len;
    signer.session_token = (const char *)token.data;
    if (status == FOB_OK)
        status = role_assume(wanted->request, &order, session);
    else
        fob_error_set(&wanted->request->error, status, "no memory");
    fob_secret_free(&token);
    return status;
}

/* A full disk must not cost the caller the session that was made. */
static void keep(const struct assume_role *wanted,
                 const struct session_key *key,
                 const struct fob_message *session)
{
    struct fob_error *error = &wanted->request->error;

    if (session_put(wanted->request->agent, key, session, error) != FOB_OK)
        request_note(wanted->request, "the session is not kept: %s",
                     error->text);
    fob_error_clear(error);
}

/* Whoever waits for the lock finds what the first one got. */
static enum fob_status get_once(const struct plan *plan,
                                struct fob_message *session)
{
    const struct assume_role *wanted = plan->wanted;
    const struct session_key key = {.access_key_id = plan->key_id,
                                    .serial = plan->serial,
                                    .role = plan->role.id,
                                    .endpoint = plan->endpoint.url};
    struct fob_agent *agent = wanted->request->agent;
    int lock;
    enum fob_status status;

    if (session_get(agent, &key, wanted->left_s, session) == FOB_OK)
        return FOB_OK;
    status = session_lock(&key, &lock, &wanted->request->error);
    if (status != FOB_OK)
        return status;
    status = session_get(agent, &key, wanted->left_s, session);
    if (status == FOB_E_NOT_FOUND) {
        status = assume(plan, session);
        if (status == FOB_OK)
            keep(wanted, &key, session);
    } else if (status != FOB_OK) {
        fob_error_set(&wanted->request->error, status,
                      "the agent has no memory left for secrets");
    }
    close(lock);
    return status;
}

enum fob_status assume_role_get(const struct assume_role *wanted,
                                struct fob_message *session)
{
    struct plan plan = {.wanted = wanted};
    enum fob_status status = make_plan(wanted, &plan);

    if (status == FOB_OK)
        status = get_once(&plan, session);
    role_free(&plan.role);
    return status;
}
