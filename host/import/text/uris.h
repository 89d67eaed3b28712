/* SPDX-License-Identifier: MIT */
/* The otpauth URIs in a piece of text, wherever they stand. */
#ifndef FOB_HOST_IMPORT_TEXT_URIS_H
#define FOB_HOST_IMPORT_TEXT_URIS_H

#include "host/import/text/uri_put.h"

/* Put the URIs that stand in a piece of text, the first line of which is
 * `line`. */
FOB_MUST_CHECK enum fob_status uris_put(struct fob_span text, size_t line,
                                        const struct uri_names *names,
                                        struct import_sink *sink);

#endif
