/* SPDX-License-Identifier: MIT */
/* fob's own settings: section [fob] of FOB_PATH_SETTINGS, fob-settings(5). */
#ifndef FOB_HOST_CONFIG_SETTINGS_H
#define FOB_HOST_CONFIG_SETTINGS_H

#include "host/base/path.h"

#include <stdint.h>

struct fob_settings {
    uint32_t lock_idle_s;        /* unused for so long: lock; 0 is never */
    uint32_t lock_after_s;       /* so long after unlocking: lock; 0 is never */
    uint32_t scrypt_log2_n;      /* cost of a new passphrase slot, 14 to 20 */
    char key_file[FOB_PATH_MAX]; /* opens the vault; absolute, or "" */
    char pinentry[FOB_PATH_MAX]; /* program that asks; absolute, or "" */
};

/* What holds where the file says nothing. */
void fob_settings_default(struct fob_settings *settings);

/* Read the file `path`; a missing one leaves the defaults.  FOB_E_SYNTAX,
 * with path and line, for an unknown section or key or a value out of its
 * range; `settings` then holds the defaults. */
FOB_MUST_CHECK enum fob_status fob_settings_load(const char *path,
                                                 struct fob_settings *settings,
                                                 struct fob_error *error);

#endif
