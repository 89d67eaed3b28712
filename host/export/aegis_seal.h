/* SPDX-License-Identifier: MIT */
#ifndef FOB_HOST_EXPORT_AEGIS_SEAL_H
#define FOB_HOST_EXPORT_AEGIS_SEAL_H

#include "host/base/secret.h"

/* Encrypt `content` in place under a new key, that key under `password`, and
 * write the file that has both into the empty `file`.  FOB_E_NO_MEMORY,
 * FOB_E_FAILED, FOB_E_TOO_LONG. */
FOB_MUST_CHECK enum fob_status aegis_seal(struct fob_secret *content,
                                          const struct fob_secret *password,
                                          struct fob_secret *file);

#endif
