/* SPDX-License-Identifier: MIT */
/* The lines of a config file, told apart: what the reader and the editor
 * share. */
#ifndef FOB_HOST_CONFIG_SCAN_H
#define FOB_HOST_CONFIG_SCAN_H

#include "host/base/error.h"
#include "host/config/slice.h"

enum scan_kind {
    SCAN_END,
    SCAN_BLANK,
    SCAN_COMMENT,
    SCAN_HEADER, /* [name] */
    SCAN_KEY,    /* name = value */
    SCAN_MORE,   /* `value` continues the value above */
    SCAN_FAULT,
};

struct scan_line {
    enum scan_kind kind;
    uint32_t number;
    struct slice whole; /* with its line end */
    struct slice text;  /* without outer white space and line end */
    struct slice name;
    struct slice value;
    bool in_value;     /* blank, and a line of the value above */
    const char *fault; /* what to mend, of SCAN_FAULT */
};

struct scan {
    struct slice left;
    uint32_t number;
    size_t indent; /* characters before the last header or key */
    bool in_section;
    bool in_value;
};

/* Go through `len` bytes of valid UTF-8. */
void scan_start(struct scan *scan, const char *text, size_t len);

/* Take the next line; SCAN_END comes after the last and after a fault. */
void scan_next(struct scan *scan, struct scan_line *line);

#endif
