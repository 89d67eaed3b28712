/* SPDX-License-Identifier: MIT */
/* Opening a URL that is a secret. */
#ifndef FOB_HOST_CLI_PARTS_BROWSER_H
#define FOB_HOST_CLI_PARTS_BROWSER_H

#include "host/base/error.h"
#include "host/wire/message.h"

/* Have xdg-open show `url`, which is made of the characters of URLs.  It is
 * not given as an argument, which every user could read: a private file of
 * the runtime folder leads there, and is gone a minute later. */
FOB_MUST_CHECK enum fob_status browser_open(const struct fob_field *url,
                                            struct fob_error *error);

#endif
