/* SPDX-License-Identifier: MIT */
/* Sections that a person took for a profile and that no AWS program reads as
 * the one they meant: `[staging]` and `[profile Foo Bar]` in the config file,
 * `[profile staging]` in the credentials file. */
#ifndef FOB_HOST_CONFIG_MISREAD_H
#define FOB_HOST_CONFIG_MISREAD_H

#include "host/config/profile.h"

enum { FOB_MISREAD_HEADER_MAX = 640 }; /* bytes with the NUL */

struct fob_misread {
    const char *name; /* of the profile that was meant */
    const char *path; /* of the file */
    uint32_t line;
    char header[FOB_MISREAD_HEADER_MAX]; /* what has to stand there */
};

/* The next one after *cursor, which begins at 0; false at the end.  Sections of
 * the config file that have nothing of a profile are passed over. */
bool fob_misread_next(const struct fob_profiles *profiles, size_t *cursor,
                      struct fob_misread *misread);

/* The one that was to be the profile `name`, with or without anything of a
 * profile in it. */
bool fob_misread_find(const struct fob_profiles *profiles, const char *name,
                      struct fob_misread *misread);

#endif
