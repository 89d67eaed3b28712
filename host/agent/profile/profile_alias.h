/* SPDX-License-Identifier: MIT */
/* Profiles that stand for another one: those whose credential_process is fob
 * itself, as `fob setup` writes it. */
#ifndef FOB_HOST_AGENT_PROFILE_PROFILE_ALIAS_H
#define FOB_HOST_AGENT_PROFILE_PROFILE_ALIAS_H

#include "host/agent/profile/profile.h"

/* Make `profile`, name and all, the one that it stands for, if it does.
 * FOB_E_NOT_FOUND for one that is not there, FOB_E_SYNTAX for a circle; the
 * error is set. */
FOB_MUST_CHECK enum fob_status profile_alias_follow(struct profile *profile,
                                                    struct fob_error *error);

#endif
