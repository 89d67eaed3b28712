/* SPDX-License-Identifier: MIT */
/* What a far side may use: decided from the settings and from the rules of the
 * socket it came by, each of which only takes away.  Pure. */
#ifndef FOB_HOST_AGENT_REMOTE_REMOTE_POLICY_H
#define FOB_HOST_AGENT_REMOTE_REMOTE_POLICY_H

#include "host/agent/request/forward.h"

/* The zero state allows nothing. */
struct remote_policy {
    struct fob_name_list profiles; /* by the settings */
    struct fob_name_list accounts;
    struct forward_rules rules;
    enum fob_remote_confirm confirm;
    bool may_hotp;
    bool may_commands;
};

enum remote_verdict {
    REMOTE_CLOSED, /* the zero state */
    REMOTE_CLOSED_HOTP,
    REMOTE_OPEN,
};

/* `rules` NULL: the socket has none of its own. */
void remote_policy_make(const struct fob_settings *settings,
                        const struct forward_rules *rules,
                        struct remote_policy *policy);

/* Sessions of a profile, by its own name: what it leads to (source_profile,
 * device, key) is what it means. */
enum remote_verdict remote_policy_profile(const struct remote_policy *policy,
                                          const char *name);

/* Codes of an account, by its whole name. */
enum remote_verdict remote_policy_account(const struct remote_policy *policy,
                                          const char *name, bool is_hotp);

/* Whether some names are kept back, so that those that are not known must look
 * the same as those that are closed. */
bool remote_policy_hides_profiles(const struct remote_policy *policy);
bool remote_policy_hides_accounts(const struct remote_policy *policy);

/* FOB_E_USAGE when `wanted` is asked for less than the settings ask for:
 * nothing widens. */
FOB_MUST_CHECK enum fob_status
remote_policy_check_confirm(enum fob_remote_confirm settings,
                            enum fob_remote_confirm wanted);

#endif
