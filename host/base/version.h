/* SPDX-License-Identifier: MIT */
/* Which of two versions is the older one. */
#ifndef FOB_HOST_BASE_VERSION_H
#define FOB_HOST_BASE_VERSION_H

#include <stdbool.h>

/* Whether `version` comes before `other`, as Semantic Versioning 2.0.0 orders
 * release numbers; a pre-release comes before its release.  False when one of
 * them is no such version. */
bool fob_version_is_before(const char *version, const char *other);

#endif
