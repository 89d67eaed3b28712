/* SPDX-License-Identifier: MIT */
/* A file while it is parsed, and a fault of its text; for parse.c and order.c
 * only. */
#ifndef FOB_HOST_CONFIG_PARSE_FAULT_H
#define FOB_HOST_CONFIG_PARSE_FAULT_H

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

#endif
