/* SPDX-License-Identifier: MIT */
/* SHA-1 (FIPS 180-4), a hash for digest.h. */
#ifndef FOB_SRC_SHA1_H
#define FOB_SRC_SHA1_H

#include "src/digest.h"

enum { FOB_SHA1_LEN = 20 };

extern const struct fob_digest_kind fob_sha1;

#endif
