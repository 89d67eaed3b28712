/* SPDX-License-Identifier: MIT */
/* The second half of fob_config_parse; for parse.c only. */
#ifndef FOB_HOST_CONFIG_ORDER_H
#define FOB_HOST_CONFIG_ORDER_H

#include "host/config/parse_fault.h"

/* Sort keys and sections for lookup, tell kinds and names of sections, and
 * refuse what is there twice. */
FOB_MUST_CHECK enum fob_status order_build(const struct parse *parse);

#endif
