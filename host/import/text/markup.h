/* SPDX-License-Identifier: MIT */
/* XML cut into tags and text, as far as an export of a password manager needs
 * it: well-formed or not, every byte is in one token or in none. */
#ifndef FOB_HOST_IMPORT_TEXT_MARKUP_H
#define FOB_HOST_IMPORT_TEXT_MARKUP_H

#include "src/span.h"

enum markup_kind { MARKUP_END, MARKUP_OPEN, MARKUP_CLOSE, MARKUP_TEXT };

struct markup_token {
    enum markup_kind kind;
    struct fob_span name; /* of a tag */
    struct fob_span text; /* of MARKUP_TEXT, entities and all */
    bool is_raw;          /* of a CDATA section: it has no entities */
    size_t line;          /* where it begins, from 1 */
};

struct markup {
    struct fob_span rest;
    size_t line;     /* 1 at first */
    bool is_closing; /* <tag/>: its end comes next */
    struct fob_span name;
};

/* The next tag or text; comments, declarations and instructions are passed
 * over.  A text ends where one of these, a tag or a CDATA section begins. */
struct markup_token markup_next(struct markup *markup);

#endif
