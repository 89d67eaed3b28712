/* SPDX-License-Identifier: MIT */
/* Files of no app that fob knows, for the otpauth URIs in them. */
#ifndef FOB_HOST_IMPORT_TEXT_TEXT_H
#define FOB_HOST_IMPORT_TEXT_TEXT_H

#include "host/import/sink/format.h"

/* A list of URIs line by line, where each line has to be one (lines.h); else
 * whatever URIs stand in a text, in JSON, in HTML or XML.  FOB_E_UNSUPPORTED,
 * error set, when there are none. */
FOB_MUST_CHECK enum fob_status text_read(const struct import_file *file,
                                         struct import_sink *sink);

#endif
