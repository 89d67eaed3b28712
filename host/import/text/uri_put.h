/* SPDX-License-Identifier: MIT */
/* One URI out of a text: an account, or a part of an export. */
#ifndef FOB_HOST_IMPORT_TEXT_URI_PUT_H
#define FOB_HOST_IMPORT_TEXT_URI_PUT_H

#include "host/import/sink/sink.h"

/* Names for a URI that has none, or none and none. */
struct uri_names {
    struct fob_span issuer;
    struct fob_span label;
};

/* Read the URI of either scheme and put what it holds.  What is wrong with an
 * account is told to the sink; FOB_E_SYNTAX, error set, for a broken part. */
FOB_MUST_CHECK enum fob_status uri_put(struct fob_span uri,
                                       const struct uri_names *names,
                                       size_t place, struct import_sink *sink);

#endif
