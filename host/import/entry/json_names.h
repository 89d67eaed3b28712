/* SPDX-License-Identifier: MIT */
/* The two names that an account has in an app's JSON. */
#ifndef FOB_HOST_IMPORT_ENTRY_JSON_NAMES_H
#define FOB_HOST_IMPORT_ENTRY_JSON_NAMES_H

#include "host/import/sink/sink.h"

enum { JSON_NAME_CAP = FOB_LABEL_MAX + 64 }; /* white space is trimmed later */

struct json_names {
    char issuer[JSON_NAME_CAP];
    char label[JSON_NAME_CAP];
    enum fob_status of_issuer, of_label; /* why one is "", or FOB_OK */
};

/* Values of fob_json_view_open, strings or numbers; "" for none. */
void json_names_read(struct fob_span issuer, struct fob_span label,
                     struct json_names *names);

/* Name the account by `put`, which is sink_name or entry_names.  What was not
 * read is a fault, too, and sink_put has the words. */
FOB_MUST_CHECK enum fob_status json_names_put(
    const struct json_names *names,
    enum fob_status (*put)(struct import_sink *sink, struct fob_span issuer,
                           struct fob_span label),
    struct import_sink *sink);

#endif
