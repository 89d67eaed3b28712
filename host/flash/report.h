/* SPDX-License-Identifier: MIT */
/* The lines that fob-flash says on its stdout; docs/protocol.md, "fob-flash".
 * Nobody may be listening any more, and the work goes on all the same. */
#ifndef FOB_HOST_FLASH_REPORT_H
#define FOB_HOST_FLASH_REPORT_H

#include "host/base/error.h"

#include <stddef.h>

void report_progress(const char *step, size_t done, size_t total);

/* A fact, such as "place".  Nothing for "". */
void report_fact(const char *name, const char *value);

/* The last lines of a failure. */
void report_fault(const struct fob_error *error);

#endif
