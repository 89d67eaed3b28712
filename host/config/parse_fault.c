/* SPDX-License-Identifier: MIT */
#include "host/config/parse_fault.h"

enum fob_status parse_fault(const struct parse *parse, enum fob_status status,
                            uint32_t line, const char *why)
{
    return fob_error_set(parse->error, status, "%s line %u: %s", parse->path,
                         line, why);
}
