/* SPDX-License-Identifier: MIT */
/* The two halves of fob_config_parse; for parse.c and order.c only. */
#ifndef FOB_HOST_CONFIG_PARSE_H
#define FOB_HOST_CONFIG_PARSE_H

#include "host/config/config.h"

struct parse {
    struct fob_config *config;
    enum fob_config_kind kind;
    const char *path;
    struct fob_error *error;
};

/* Record "PATH line N: WHY" and return `status`. */
enum fob_status parse_fault(const struct parse *parse, enum fob_status status,
                            uint32_t line, const char *why);

/* Sort keys and sections for lookup, tell kinds and names of sections, and
 * refuse what is there twice. */
FOB_MUST_CHECK enum fob_status order_build(const struct parse *parse);

#endif
