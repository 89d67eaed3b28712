/* SPDX-License-Identifier: MIT */
/* An account in an app's JSON. */
#ifndef FOB_HOST_IMPORT_ENTRY_JSON_ENTRY_H
#define FOB_HOST_IMPORT_ENTRY_JSON_ENTRY_H

#include "host/import/entry/entry.h"

/* Values of fob_json_view_open; numbers may stand in strings.  None or "" for
 * what the file does not say. */
struct json_entry {
    struct fob_span issuer;
    struct fob_span label;
    struct fob_span type;
    struct fob_span hash;
    struct fob_span digits;
    struct fob_span period_s;
    struct fob_span counter;
    struct fob_span secret; /* base32, or an array of bytes as Java has them,
                               from -128 to 127 */
};

/* Whether the value is absent, null, or a string without a character. */
bool json_entry_is_blank(struct fob_span value);

/* Fill in the sink's account.  What is wrong is for json_entry_end: the status,
 * and `fault`, which is "" for the usual words. */
FOB_MUST_CHECK enum fob_status
json_entry_fill(const struct json_entry *entry, struct import_sink *sink,
                char fault[static ENTRY_FAULT_CAP]);

/* As sink_put, of what json_entry_fill left. */
FOB_MUST_CHECK enum fob_status json_entry_end(size_t place,
                                              enum fob_status status,
                                              const char *fault,
                                              struct import_sink *sink);

/* Fill in and put. */
FOB_MUST_CHECK enum fob_status json_entry_put(const struct json_entry *entry,
                                              size_t place,
                                              struct import_sink *sink);

/* Read each element of `array`, which stands in a file of `app`, with its
 * place from 1.  FOB_E_UNSUPPORTED, error set, when it is no array. */
FOB_MUST_CHECK enum fob_status json_entry_each(
    const char *app, struct fob_span array, struct import_sink *sink,
    enum fob_status (*read_one)(struct fob_span element, size_t place,
                                struct import_sink *sink));

/* The first element of an array; none when there is none, or it is no array. */
struct fob_span json_entry_first(struct fob_span array);

/* "the export of APP is of no shape that fob knows". */
enum fob_status json_entry_strange(const char *app, struct fob_error *error);

#endif
