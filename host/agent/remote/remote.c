/* SPDX-License-Identifier: MIT */
#include "host/agent/remote/remote.h"

#include "host/agent/accounts/account_store.h"
#include "host/agent/remote/remote_confirm.h"
#include "host/base/path.h"
#include "host/base/text.h"
#include "src/wipe.h"

#include <ctype.h>
#include <string.h>
#include <time.h>

/* Codes of any time that is asked for are as good as the seed. */
enum fob_status remote_check(struct fob_request *request, bool is_allowed,
                             bool has_time)
{
    if (is_allowed && !has_time)
        return FOB_OK;
    fob_error_set(&request->error, FOB_E_FAILED,
                  "a forwarded agent gives sessions and %s only",
                  has_time ? "codes of this moment" : "codes");
    fob_error_hint(&request->error, "run it where the agent is");
    return FOB_E_FAILED;
}

/* Said there; why and how is for those who are here. */
static enum fob_status refuse_far(struct fob_request *request, const char *what,
                                  const char *name)
{
    fob_error_set(&request->error, FOB_E_FORBIDDEN,
                  "%s %s is not open to this machine", what, name);
    fob_error_hint(&request->error, "where the agent is, see fob-settings(5)");
    return FOB_E_FORBIDDEN;
}

enum fob_status remote_load_policy(struct fob_request *request,
                                   struct remote_policy *policy)
{
    char path[FORWARD_PATH_MAX + 1];
    struct forward_rules rules;
    struct fob_settings settings;
    struct fob_error ignored;
    bool has_rules = request->is_remote && request->forward != FORWARD_REMOTE;

    *policy = (struct remote_policy){0};
    if (has_rules &&
        !forward_find(request->agent, request->forward, &rules, path))
        return fob_error_set(&request->error, FOB_E_FORBIDDEN,
                             "the forwarding of this agent has ended");
    if (agent_settings(&settings, &ignored) != FOB_OK) {
        fob_error_set(&request->error, FOB_E_FORBIDDEN,
                      "the policy for this machine cannot be read");
        fob_error_hint(&request->error, "where the agent is, run: fob doctor");
        return FOB_E_FORBIDDEN;
    }
    remote_policy_make(&settings, has_rules ? &rules : NULL, policy);
    return FOB_OK;
}

/* The nearest names are not for those to whom some are closed. */
static enum fob_status load_open_profile(struct fob_request *request,
                                         const struct remote_policy *policy,
                                         const char *name,
                                         struct profile *profile)
{
    enum fob_status status = profile_load(request, name, profile);

    if (status == FOB_E_NOT_FOUND && remote_policy_hides_profiles(policy)) {
        fob_error_set(&request->error, status, "there is no profile %s", name);
        fob_error_hint(&request->error, "where the agent is, run: fob doctor");
    }
    return status;
}

static void note_about(struct fob_request *request, const char *name)
{
    (void)!fob_text_copy(request->about, sizeof(request->about), name);
}

enum fob_status remote_load_profile(struct fob_request *request,
                                    const char *name, struct profile *profile)
{
    struct remote_policy policy;
    enum fob_status status;

    if (!request->is_remote)
        return profile_load(request, name, profile);
    if (name[0] == '\0')
        name = fob_profile_default(request->environment.variables);
    note_about(request, name);
    status = remote_load_policy(request, &policy);
    if (status != FOB_OK)
        return status;
    request->has_no_commands = !policy.may_commands;
    if (remote_policy_profile(&policy, name) != REMOTE_OPEN)
        return refuse_far(request, "profile", name);
    status = load_open_profile(request, &policy, name, profile);
    if (status == FOB_OK &&
        remote_policy_profile(&policy, profile->name) != REMOTE_OPEN)
        status = refuse_far(request, "profile", name);
    return status == FOB_OK
               ? remote_confirm_use(request, policy.confirm,
                                    "a session of the profile", name)
               : status;
}

/* FOB_E_FORBIDDEN, with the error set, unless `account`, which is what `name`
 * stands for, is open. */
static enum fob_status check_account(struct fob_request *request,
                                     const struct remote_policy *policy,
                                     const char *name,
                                     const struct fob_vault_account *account)
{
    bool is_hotp = account->otp.type == FOB_HOTP;

    switch (remote_policy_account(policy, account->name, is_hotp)) {
    case REMOTE_OPEN:
        return FOB_OK;
    case REMOTE_CLOSED_HOTP:
        fob_error_set(&request->error, FOB_E_FORBIDDEN,
                      "%s counts its codes (HOTP): those of the future are "
                      "not for this machine",
                      account->name);
        fob_error_hint(&request->error,
                       "where the agent is, see fob-settings(5)");
        return FOB_E_FORBIDDEN;
    default:
        return refuse_far(request, "account", name);
    }
}

static enum fob_status find_open(struct fob_request *request,
                                 const struct remote_policy *policy,
                                 const char *name,
                                 struct fob_vault_account *account)
{
    enum fob_status status = account_store_find(request, name, account);

    if (status == FOB_OK) {
        status = check_account(request, policy, name, account);
        note_about(request, account->name);
    } else if ((status == FOB_E_NOT_FOUND || status == FOB_E_AMBIGUOUS) &&
               remote_policy_hides_accounts(policy))
        status = refuse_far(request, "account", name);
    if (status != FOB_OK)
        fob_wipe(account, sizeof(*account));
    return status;
}

/* While a person thinks about it nothing of the vault is held, and what was
 * found may have gone since. */
static enum fob_status confirm_account(struct fob_request *request,
                                       const struct remote_policy *policy,
                                       struct fob_vault_account *account)
{
    char name[FOB_ACCOUNT_NAME_MAX + 1];
    enum fob_status status;

    (void)!fob_text_copy(name, sizeof(name), account->name);
    fob_wipe(account, sizeof(*account));
    request_drop_view(request);
    status = remote_confirm_use(request, policy->confirm,
                                "a code of the account", name);
    if (status == FOB_OK)
        status = find_open(request, policy, name, account);
    if (status == FOB_OK && strcmp(account->name, name) != 0)
        status = refuse_far(request, "account", name);
    return status;
}

enum fob_status remote_find_account(struct fob_request *request,
                                    const char *name,
                                    struct fob_vault_account *account)
{
    struct remote_policy policy;
    enum fob_status status;

    if (!request->is_remote)
        return account_store_find(request, name, account);
    note_about(request, name);
    status = remote_load_policy(request, &policy);
    if (status == FOB_OK)
        status = find_open(request, &policy, name, account);
    if (status == FOB_OK && policy.confirm != FOB_REMOTE_CONFIRM_NO)
        status = confirm_account(request, &policy, account);
    return status;
}

static void find_path(struct fob_request *request,
                      char path[static ASKED_PATH_MAX + 1])
{
    char remote[FOB_PATH_MAX];
    struct forward_rules rules;
    struct fob_error ignored;

    path[0] = '\0';
    if (request->forward != FORWARD_REMOTE)
        (void)forward_find(request->agent, request->forward, &rules, path);
    else if (fob_path_get(FOB_PATH_REMOTE, remote, &ignored) == FOB_OK)
        (void)!fob_text_copy(path, ASKED_PATH_MAX + 1, remote);
}

void remote_note_asked(struct fob_request *request, const char *type,
                       enum fob_status status)
{
    struct fob_agent *agent = request->agent;
    struct asked asked = {.status = status};

    if (!request->is_remote || request->fd == REQUEST_NOBODY)
        return;
    find_path(request, asked.path);
    (void)!fob_text_copy(asked.type, sizeof(asked.type), type);
    (void)!fob_text_copy(asked.name, sizeof(asked.name), request->about);
    for (char *at = asked.type; *at != '\0'; at++)
        *at = *at == '_' ? ' ' : (char)tolower((unsigned char)*at);
    pthread_mutex_lock(&agent->mutex);
    asked_log_note(&agent->asked, &asked, time(NULL));
    pthread_mutex_unlock(&agent->mutex);
}
