/* SPDX-License-Identifier: MIT */
/* SHA-256 (FIPS 180-4), a hash for digest.h. */
#ifndef FOB_SRC_SHA256_H
#define FOB_SRC_SHA256_H

#include "src/digest.h"

enum { FOB_SHA256_LEN = 32 };

extern const struct fob_digest_kind fob_sha256;

#endif
