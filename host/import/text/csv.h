/* SPDX-License-Identifier: MIT */
/* Comma-separated values (RFC 4180), with semicolons or tabs as well. */
#ifndef FOB_HOST_IMPORT_TEXT_CSV_H
#define FOB_HOST_IMPORT_TEXT_CSV_H

#include "host/base/secret.h"
#include "src/span.h"

struct csv {
    struct fob_span rest; /* none at the end */
    size_t line;          /* where the next field begins, from 1 */
    char delimiter;
};

struct csv_field {
    struct fob_span raw; /* between its quotes, if it has some */
    size_t line;
    bool is_quoted;
    bool ends_row;
    bool is_broken; /* its quote is not closed, or text stands behind it */
};

/* At the begin of a text, whose first line says what is between fields. */
struct csv csv_start(struct fob_span text);

/* The next field; false at the end. */
bool csv_next(struct csv *csv, struct csv_field *field);

/* Its text, without doubled quotes, into the empty `text`.  FOB_E_NO_MEMORY. */
FOB_MUST_CHECK enum fob_status csv_text(const struct csv_field *field,
                                        struct fob_secret *text);

#endif
