/* SPDX-License-Identifier: MIT */
/* What an edit does to which lines, and whether it did no more; for edit.c
 * and plan.c only. */
#ifndef FOB_HOST_CONFIG_CHANGE_H
#define FOB_HOST_CONFIG_CHANGE_H

#include "host/config/edit.h"

/* The keys an edit is about, NULL-ended. */
enum { CHANGE_KEYS_MAX = 4 };
struct change_keys {
    const char *names[CHANGE_KEYS_MAX + 1];
};
struct change_keys change_keys_of(const struct fob_edit *edit);

/* Whether `text` is letters and digits of ASCII, `more`, and characters
 * outside ASCII. */
bool change_is_plain(const char *text, const char *more);

/* Whether `now` is `before` but for what `edit` asks. */
bool change_is_asked(const struct fob_config *before,
                     const struct fob_config *now, const struct fob_edit *edit);

#endif
