/* SPDX-License-Identifier: MIT */
/* URIs that a mail, a wrapped line or an escape has cut in two: a part of a
 * secret makes codes as well, and wrong ones. */
#ifndef FOB_HOST_IMPORT_TEXT_URI_CUT_H
#define FOB_HOST_IMPORT_TEXT_URI_CUT_H

#include "src/span.h"

/* Why nobody should read the URI, which `text` begins with; NULL when it is
 * whole. */
const char *uri_cut_fault(struct fob_span uri, struct fob_span text);

/* The same of one that stands alone. */
const char *uri_cut_fault_alone(struct fob_span uri);

#endif
