/* SPDX-License-Identifier: MIT */
#include "host/agent/mint/mint.h"

#include "host/agent/accounts/account_match.h"
#include "host/agent/accounts/account_store.h"
#include "host/agent/mint/device_turn.h"
#include "host/agent/mint/failure_cache.h"
#include "host/agent/mint/mfa_call.h"
#include "host/agent/mint/refusal_memory.h"
#include "host/agent/network/identity.h"
#include "host/agent/profile/config_command.h"
#include "host/agent/state/device_clock.h"
#include "host/agent/state/server_clock.h"
#include "host/agent/state/session_cache.h"
#include "host/agent/tokens/token.h"
#include "host/base/monotonic.h"
#include "host/base/text.h"

#include <string.h>

/* AWS's clock is known to the second: a code that is waited for must not come
 * before its time there. */
enum { CLOCK_MARGIN_S = 1, TYPING_MS = 10 * 1000 };

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
    struct fob_secret room;            /* of `account` */
    struct fob_vault_account *account; /* NULL: codes come of `command` */
    const char *command;
    struct typed_code *typed;            /* without both */
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
static void keep_session(struct mint *mint, const struct device *device)
{
    const struct mint_order *order = mint->order;
    const struct session_key key = describe_session(mint);
    const char *owner =
        order->role == NULL ? order->serial : order->role->params.role_arn;

    session_set_owner(mint->session, order->name, device->serial, owner);
    mint->session->created_s = server_clock_now_s(&mint->endpoint);
    device_clock_bind(device->serial, &mint->endpoint);
    session_cache_keep(mint->request, &key, mint->session);
}

static enum fob_status use_device(struct mint *mint, struct device *device,
                                  bool may_wait, uint32_t *wait_s)
{
    struct mfa_call call = {.request = mint->request,
                            .order = mint->order,
                            .endpoint = &mint->endpoint,
                            .key = &mint->key,
                            .may_wait = may_wait,
                            .leaves_one = mint->was_refused,
                            .made = &mint->session->credentials};
    enum fob_status status = mfa_call_make(&call, device, wait_s);

    mint->refusal = call.refusal;
    if (status == FOB_OK)
        keep_session(mint, device);
    return status;
}

/* Other devices of the same user are as good.  A busy one is passed over: its
 * holder may be waiting for ours. */
static enum fob_status use_siblings(struct mint *mint, enum fob_status first)
{
    struct fob_secret room = {0};
    struct fob_vault_account *account = fob_vault_account_alloc(&room);
    struct fob_error why = mint->request->error;
    uint32_t wait_s;
    size_t cursor = 0;
    enum fob_status status = first;

    if (account == NULL)
        return first;
    while (device_turn_is_out_of_codes(status) &&
           account_match_next_sibling(mint->request, mint->account, &cursor,
                                      account)) {
        struct device sibling = {.serial = account->device, .account = account};

        if (ledger_file_open(&sibling.file, sibling.serial, 0,
                             &mint->request->error) != FOB_OK)
            continue;
        request_progress(mint->request, "using the device %s", sibling.serial);
        fob_error_clear(&mint->request->error);
        status = use_device(mint, &sibling, false, &wait_s);
        ledger_file_close(&sibling.file);
    }
    fob_secret_free(&room);
    if (!device_turn_is_out_of_codes(status))
        return status;
    mint->request->error = why;
    return first;
}

/* The profile's device, then those that may stand in for it. */
static enum fob_status use_devices(struct mint *mint, struct device *device,
                                   uint32_t *wait_s)
{
    enum device_turn turn = DEVICE_TURN_OWN;
    enum fob_status status = FOB_OK;

    while (turn != DEVICE_TURN_END) {
        if (turn == DEVICE_TURN_OTHERS)
            status = use_siblings(mint, status);
        else
            status =
                use_device(mint, device, turn == DEVICE_TURN_OWN_WAIT, wait_s);
        turn = device_turn_next(turn, status, mint->account != NULL);
    }
    return status;
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
    status = use_devices(mint, device, wait_s);
    if (status != FOB_OK)
        failure_cache_put(mint->request, &ours, mint->refusal);
    if (status != FOB_OK)
        remember_refusal(mint);
    return status;
}

/* Whoever can ask nobody waits a moment for who asks. */
static enum fob_status open_ledger(struct mint *mint, struct device *device)
{
    struct fob_request *request = mint->request;
    const char *serial = mint->order->serial;
    enum fob_status status;

    if (mint->typed == NULL || mint->order->may_wait ||
        mint->typed->given[0] != '\0')
        return ledger_file_wait(&device->file, serial, request);
    status =
        ledger_file_open(&device->file, serial, TYPING_MS, &request->error);
    if (status != FOB_E_BUSY)
        return status;
    fob_error_set(
        &request->error, FOB_E_NOBODY,
        "a code of %s is being asked for elsewhere, and nobody can be "
        "asked here",
        serial);
    fob_error_hint(&request->error, "run it again when that has been typed");
    return FOB_E_NOBODY;
}

/* Whoever looks on sees it tick. */
static enum fob_status wait_for_code(struct fob_request *request,
                                     uint32_t wait_s)
{
    int64_t end_ms =
        fob_monotonic_ms() + ((int64_t)wait_s + CLOCK_MARGIN_S) * 1000;
    int64_t now_ms;
    enum fob_status status = FOB_OK;

    while (status == FOB_OK && (now_ms = fob_monotonic_ms()) < end_ms) {
        int64_t left_s = (end_ms - now_ms + 999) / 1000;

        request_progress(request, "waiting %u s for an unused code",
                         (unsigned)left_s);
        status =
            request_wait(request, (int)(end_ms - now_ms - (left_s - 1) * 1000));
    }
    return status;
}

static enum fob_status mint_new(struct mint *mint)
{
    struct device device = {.serial = mint->order->serial,
                            .account = mint->account,
                            .command = mint->command,
                            .typed = mint->typed};
    uint32_t wait_s;
    enum fob_status status;

    for (;;) {
        status = open_ledger(mint, &device);
        if (status != FOB_OK)
            return status;
        status = mint_locked(mint, &device, &wait_s);
        ledger_file_close(&device.file);
        if (status != FOB_E_SPENT || wait_s == 0 || !mint->order->may_wait)
            return status;
        status = wait_for_code(mint->request, wait_s);
        if (status != FOB_OK)
            return status;
        mint->begun_ms = fob_monotonic_ms();
    }
}

/* A person has it. */
static enum fob_status take_typed(struct mint *mint)
{
    mint->account = NULL;
    mint->command = NULL;
    mint->typed = mint->order->typed;
    fob_error_clear(&mint->request->error);
    return FOB_OK;
}

/* Without a seed, the profile's mfa_process may have codes, else a person. */
static enum fob_status find_codes(struct mint *mint)
{
    struct fob_request *request = mint->request;
    struct typed_code *typed = mint->order->typed;
    enum fob_status status;

    if (typed != NULL && typed->given[0] != '\0')
        return take_typed(mint);
    mint->command =
        fob_profile_get(&mint->order->profile->found, "mfa_process");
    mint->account = fob_vault_account_alloc(&mint->room);
    if (mint->account == NULL)
        return fob_error_no_memory(&request->error);
    if (mint->order->account != NULL)
        return account_store_find(request, mint->order->account, mint->account);
    status = account_match_find(request, mint->order->serial, mint->account);
    if (status == FOB_E_NOT_FOUND && mint->command == NULL && typed != NULL)
        return take_typed(mint);
    if (status == FOB_E_NOT_FOUND && mint->command != NULL) {
        mint->account = NULL;
        fob_error_clear(&request->error);
        status =
            config_command_check(request, mint->order->profile, "mfa_process");
    } else if (status == FOB_E_NOT_FOUND) {
        fob_error_hint(&request->error, "fob enroll --profile %s",
                       mint->order->profile->name);
    }
    return status;
}

/* Whose passphrase is asked for while nobody's device is held; with all else
 * that may be wrong with it the device's turn ends. */
static enum fob_status unlock_token(struct mint *mint)
{
    struct fob_error *error = &mint->request->error;
    struct token_session session;
    enum fob_status status;

    if (mint->account == NULL || mint->account->token[0] == '\0')
        return FOB_OK;
    status = token_open_now(mint->request, mint->account->token, &session);
    if (status == FOB_OK && session.token.is_own &&
        session.token.info.is_locked)
        status = token_unlock_ready(&session);
    token_close(&session);
    if (status == FOB_E_NOBODY || status == FOB_E_WRONG_KEY ||
        status == FOB_E_AGENT)
        return status;
    fob_error_clear(error);
    return FOB_OK;
}

static enum fob_status mint_and_bind(struct mint *mint)
{
    enum fob_status status = find_codes(mint);

    if (status == FOB_OK)
        status = unlock_token(mint);
    if (status == FOB_OK)
        status = mint_new(mint);
    /* A session that was found made proves nothing, and tells no user. */
    if (status == FOB_OK && mint->account != NULL && mint->user[0] != '\0')
        account_match_confirm(mint->request, mint->account, mint->order->serial,
                              mint->user);
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
    fob_secret_free(&mint.room);
    return status;
}
