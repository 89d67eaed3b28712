/* SPDX-License-Identifier: MIT */
/* Profiles whose credentials come from elsewhere than a long-term key, or a
 * command that prints one: fob has nothing to do for them. */
#ifndef FOB_HOST_CONFIG_FOREIGN_H
#define FOB_HOST_CONFIG_FOREIGN_H

#include "host/config/profile.h"

/* FOB_E_UNSUPPORTED, with the error set, for such a profile itself: what it
 * has, and the command that opens its session where there is one. */
FOB_MUST_CHECK enum fob_status
fob_foreign_check(const struct fob_profile *profile, struct fob_error *error);

/* The same for it and all that its roles are assumed from; also what
 * fob_profile_get_source says of one that is not there. */
FOB_MUST_CHECK enum fob_status
fob_foreign_check_chain(const struct fob_profile *profile,
                        struct fob_error *error);

#endif
