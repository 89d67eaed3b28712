/* SPDX-License-Identifier: MIT */
#include "host/agent/mint/mint.h"

#include "host/agent/accounts/account_match.h"
#include "host/agent/codes/code_source.h"
#include "host/agent/codes/code_wait.h"
#include "host/agent/mint/failure_cache.h"
#include "host/agent/mint/mfa_devices.h"
#include "host/agent/mint/refusal_memory.h"
#include "host/agent/network/identity.h"
#include "host/agent/state/device_clock.h"
#include "host/agent/state/server_clock.h"
#include "host/agent/state/session_cache.h"
#include "host/base/monotonic.h"
#include "host/base/text.h"

#include <string.h>

/* One minting on its way. */
struct mint {
    struct fob_request *request;
    const struct mint_order *order;
    int64_t begun_ms;
    char stale_id[FOB_KEY_ID_MAX + 1]; /* of the session that was there when a
                                          fresh one was asked for; or "" */
    enum fob_refusal refusal;
    bool was_refused; /* lately: it leaves the last code to others */
    struct fob_endpoint endpoint;
    struct profile_key key;
    struct code_source source;
    char user[FOB_ACCOUNT_USER_MAX + 1]; /* the key's, as STS names it */
    struct session *session;
};

static struct session_key describe_session(const struct mint *mint)
{
    const struct mint_order *order = mint->order;

    return (struct session_key){
        .access_key_id = mint->key.id,
        .serial = order->serial,
        .role = order->role == NULL ? "" : order->role->id,
        .endpoint = &mint->endpoint,
    };
}

static struct session_attempt describe_attempt(const struct mint *mint)
{
    return (struct session_attempt){.key = describe_session(mint),
                                    .duration_s = mint->order->duration_s,
                                    .begun_ms = mint->begun_ms};
}

static enum fob_status look_up(struct mint *mint)
{
    const struct session_key key = describe_session(mint);
    enum fob_status status = session_cache_get(
        mint->request->agent, &key, mint->order->left_s, mint->session);

    if (status != FOB_OK || !mint->order->is_fresh ||
        strcmp(mint->session->credentials.access_key_id, mint->stale_id) != 0)
        return status;
    session_free(mint->session);
    return FOB_E_NOT_FOUND;
}

/* What another caller has made by the time that we may is as fresh as ours. */
static void note_stale(struct mint *mint)
{
    const struct session_key key = describe_session(mint);
    struct session present = {0};

    if (!mint->order->is_fresh || mint->stale_id[0] != '\0')
        return;
    if (session_cache_get(mint->request->agent, &key, 0, &present) == FOB_OK)
        (void)!fob_text_copy(mint->stale_id, sizeof(mint->stale_id),
                             present.credentials.access_key_id);
    session_free(&present);
}

/* Kept before the lock is released, so that whoever waits finds it. */
static void keep_session(struct mint *mint, const char *serial)
{
    const struct mint_order *order = mint->order;
    const struct session_key key = describe_session(mint);
    const char *owner =
        order->role == NULL ? order->serial : order->role->params.role_arn;

    session_set_owner(mint->session, order->name, serial, owner);
    mint->session->created_s = server_clock_now_s(&mint->endpoint);
    device_clock_bind(serial, &mint->endpoint);
    session_cache_keep(mint->request, &key, mint->session);
}

/* Whether AWS said no just now, to whomever: the error is set.  Who asks for
 * the reason knows when to ask again. */
static bool is_refused(struct mint *mint)
{
    const struct session_attempt ours = describe_attempt(mint);
    int64_t age_s;

    if (mint->order->refusal != NULL)
        return false;
    age_s = refusal_memory_find(mint->request, &ours);
    mint->was_refused = age_s >= 0;
    return age_s >= 0 && age_s < REFUSAL_MEMORY_S;
}

static void remember_refusal(struct mint *mint)
{
    const struct session_attempt ours = describe_attempt(mint);

    if (mint->order->refusal == NULL &&
        mint->request->error.status == FOB_E_REFUSED &&
        refusal_memory_stays(mint->refusal))
        refusal_memory_put(mint->request, &ours);
}

/* What was found or not found while the lock was waited for; FOB_E_NOT_FOUND,
 * with no error set: it is ours to ask. */
static enum fob_status look_again(struct mint *mint)
{
    struct fob_request *request = mint->request;
    const struct session_attempt ours = describe_attempt(mint);
    enum fob_status status = look_up(mint);

    if (status == FOB_E_NO_MEMORY)
        return fob_error_no_memory(&request->error);
    if (status != FOB_E_NOT_FOUND)
        return status;
    if (failure_cache_find(request, &ours, &mint->refusal) || is_refused(mint))
        return request->error.status;
    status = request_wait(request, 0);
    return status == FOB_OK ? FOB_E_NOT_FOUND : status;
}

/* Under the device's lock.  *wait_s: how long until a code can be used, when
 * FOB_E_SPENT. */
static enum fob_status mint_locked(struct mint *mint, struct device *device,
                                   uint32_t *wait_s)
{
    const struct mint_order *order = mint->order;
    const struct session_attempt ours = describe_attempt(mint);
    struct mfa_call call = {.request = mint->request,
                            .order = order,
                            .endpoint = &mint->endpoint,
                            .key = &mint->key,
                            .leaves_one = mint->was_refused,
                            .made = &mint->session->credentials};
    char used[FOB_ARN_MAX + 1];
    enum fob_status status = look_again(mint);

    *wait_s = 0;
    if (status != FOB_E_NOT_FOUND)
        return status;
    status = identity_check(mint->request, order->profile, &mint->key,
                            &mint->endpoint, mint->user);
    if (status != FOB_OK)
        return status;
    request_progress(mint->request, "asking STS for a session of %s",
                     order->name);
    status = mfa_devices_call(&call, device, used, wait_s);
    mint->refusal = call.refusal;
    if (status == FOB_OK) {
        keep_session(mint, used);
        return FOB_OK;
    }
    failure_cache_put(mint->request, &ours, mint->refusal);
    remember_refusal(mint);
    return status;
}

/* Whoever can ask nobody does not wait for who types. */
static bool may_be_typing(const struct mint *mint)
{
    const struct typed_code *typed = mint->source.typed;

    return typed != NULL && !mint->order->may_wait && typed->given[0] == '\0';
}

static enum fob_status mint_new(struct mint *mint)
{
    struct device device = {.serial = mint->order->serial,
                            .account = mint->source.account,
                            .command = mint->source.command,
                            .typed = mint->source.typed};
    uint32_t wait_s;
    enum fob_status status;

    for (;;) {
        status = code_wait_turn(mint->request, device.serial,
                                may_be_typing(mint), &device.file);
        if (status != FOB_OK)
            return status;
        status = mint_locked(mint, &device, &wait_s);
        ledger_file_close(&device.file);
        if (status != FOB_E_SPENT || wait_s == 0 || !mint->order->may_wait)
            return status;
        status = code_wait_unused(mint->request, wait_s);
        if (status != FOB_OK)
            return status;
        mint->begun_ms = fob_monotonic_ms();
    }
}

static enum fob_status mint_and_bind(struct mint *mint)
{
    const struct mint_order *order = mint->order;
    const struct code_source_device device = {.profile = order->profile,
                                              .serial = order->serial,
                                              .account = order->account,
                                              .typed = order->typed};
    enum fob_status status =
        code_source_find(mint->request, &device, &mint->source);

    if (status == FOB_OK)
        status = code_source_unlock(mint->request, &mint->source);
    if (status == FOB_OK)
        status = mint_new(mint);
    /* A session that was found made proves nothing, and tells no user. */
    if (status == FOB_OK && mint->source.account != NULL &&
        mint->user[0] != '\0')
        account_match_confirm(mint->request, mint->source.account,
                              mint->order->serial, mint->user);
    return status;
}

/* While the vault is locked, a session made before can still be had, also one
 * that another profile had made. */
static enum fob_status get_session(struct mint *mint)
{
    struct fob_request *request = mint->request;
    const struct mint_order *order = mint->order;
    enum fob_status status =
        mint_check_serial(order->serial, order->name, &request->error);

    if (status == FOB_OK)
        status =
            profile_endpoint(order->profile, &mint->endpoint, &request->error);
    if (status != FOB_OK)
        return status;
    if (profile_key_hint(request, order->profile, &mint->key)) {
        note_stale(mint);
        if (look_up(mint) == FOB_OK)
            return FOB_OK;
    }
    profile_key_free(&mint->key);
    status = profile_key_find(request, order->profile, &mint->key);
    if (status == FOB_OK)
        note_stale(mint);
    if (status == FOB_OK && look_up(mint) != FOB_OK)
        status = is_refused(mint) ? request->error.status : mint_and_bind(mint);
    if (status == FOB_OK)
        profile_key_remember(request, order->profile, &mint->key);
    return status;
}

enum fob_status mint_session(struct fob_request *request,
                             const struct mint_order *order,
                             struct session *session)
{
    struct mint mint = {.request = request,
                        .order = order,
                        .begun_ms = fob_monotonic_ms(),
                        .session = session};
    enum fob_status status = get_session(&mint);

    if (order->refusal != NULL)
        *order->refusal = mint.refusal;
    profile_key_free(&mint.key);
    code_source_free(&mint.source);
    return status;
}
