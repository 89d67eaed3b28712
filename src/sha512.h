/* SPDX-License-Identifier: MIT */
/* SHA-512 (FIPS 180-4), a hash for digest.h. */
#ifndef FOB_SRC_SHA512_H
#define FOB_SRC_SHA512_H

#include "src/digest.h"

enum { FOB_SHA512_LEN = 64 };

extern const struct fob_digest_kind fob_sha512;

#endif
