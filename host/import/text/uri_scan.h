/* SPDX-License-Identifier: MIT */
/*
 * otpauth and otpauth-migration URIs wherever they stand in a text: between
 * quotes, brackets or tags, in columns, behind a word.  What only looks like
 * an account is found as well, so that it can be told.
 */
#ifndef FOB_HOST_IMPORT_TEXT_URI_SCAN_H
#define FOB_HOST_IMPORT_TEXT_URI_SCAN_H

#include "src/span.h"

struct uri_scan {
    struct fob_span text;
    size_t at;   /* how much of it is done */
    size_t line; /* of that place, from 1 */
    size_t end;  /* of the last one */
};

struct uri_found {
    struct fob_span uri; /* a part of the text */
    size_t line;
    const char *fault; /* NULL, or why nobody should read it */
};

/* Whether the text has what any of these has, fast. */
bool uri_scan_may_find(struct fob_span text);

/* The next one; false at the end. */
bool uri_scan_next(struct uri_scan *scan, struct uri_found *found);

#endif
