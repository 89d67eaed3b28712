/* SPDX-License-Identifier: MIT */
/* Text without the escapes of JSON, HTML or XML: for uri_scan.c, which then
 * needs to know none of them. */
#ifndef FOB_HOST_IMPORT_TEXT_FLATTEN_H
#define FOB_HOST_IMPORT_TEXT_FLATTEN_H

#include "host/base/secret.h"
#include "src/span.h"

/* Whether the text is HTML or XML. */
bool flatten_is_markup(struct fob_span text);

/* Into the empty `flat`: line for line as before, but what was escaped inside
 * of a string or between tags stands for itself, a control character as CR.
 * The JSON is a value of fob_json_view_open.  FOB_E_NO_MEMORY. */
FOB_MUST_CHECK enum fob_status flatten_json(struct fob_span json,
                                            struct fob_secret *flat);
FOB_MUST_CHECK enum fob_status flatten_markup(struct fob_span text,
                                              struct fob_secret *flat);

#endif
