/* SPDX-License-Identifier: MIT */
#include "host/agent/remote/remote_policy.h"

void remote_policy_make(const struct fob_settings *settings,
                        const struct forward_rules *rules,
                        struct remote_policy *policy)
{
    *policy = (struct remote_policy){
        .profiles = settings->remote_profiles,
        .accounts = settings->remote_accounts,
        .rules = {.profiles = {.is_all = true}, .accounts = {.is_all = true}},
        .confirm = settings->remote_confirm,
        .may_hotp = settings->has_remote_hotp,
        .may_commands = settings->has_remote_commands,
    };
    if (rules == NULL)
        return;
    policy->rules = *rules;
    if (rules->confirm != FOB_REMOTE_CONFIRM_NO)
        policy->confirm = rules->confirm;
}

enum remote_verdict remote_policy_profile(const struct remote_policy *policy,
                                          const char *name)
{
    bool is_open = fob_name_list_has(&policy->profiles, name) &&
                   fob_name_list_has(&policy->rules.profiles, name);

    return is_open ? REMOTE_OPEN : REMOTE_CLOSED;
}

enum remote_verdict remote_policy_account(const struct remote_policy *policy,
                                          const char *name, bool is_hotp)
{
    if (!fob_name_list_has(&policy->accounts, name) ||
        !fob_name_list_has(&policy->rules.accounts, name))
        return REMOTE_CLOSED;
    return is_hotp && !policy->may_hotp ? REMOTE_CLOSED_HOTP : REMOTE_OPEN;
}

bool remote_policy_hides_profiles(const struct remote_policy *policy)
{
    return !policy->profiles.is_all || !policy->rules.profiles.is_all;
}

bool remote_policy_hides_accounts(const struct remote_policy *policy)
{
    return !policy->accounts.is_all || !policy->rules.accounts.is_all;
}

enum fob_status remote_policy_check_confirm(enum fob_remote_confirm settings,
                                            enum fob_remote_confirm wanted)
{
    return settings != FOB_REMOTE_CONFIRM_NO && wanted == FOB_REMOTE_CONFIRM_NO
               ? FOB_E_USAGE
               : FOB_OK;
}
