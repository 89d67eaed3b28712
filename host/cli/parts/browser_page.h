/* SPDX-License-Identifier: MIT */
/* A private file that leads a browser to a URL that is a secret. */
#ifndef FOB_HOST_CLI_PARTS_BROWSER_PAGE_H
#define FOB_HOST_CLI_PARTS_BROWSER_PAGE_H

#include "host/base/error.h"
#include "host/base/path.h"

/* Make the page for `url`, which is made of the characters of URLs, and its
 * path; the error is set. */
FOB_MUST_CHECK enum fob_status browser_page_make(const char *url,
                                                 char path[static FOB_PATH_MAX],
                                                 struct fob_error *error);

/* Remove it in a minute, when the browser has read it long before, in a
 * process that nobody waits for. */
void browser_page_remove_later(const char *path);

#endif
