/* SPDX-License-Identifier: MIT */
/*
 * A fault on its way to a person: what failed and why, and the command to
 * run next.  The lowest layer returns a status, one layer words it here, and
 * the tool prints it once.  Texts never hold a secret or rejected input that
 * may be one.
 */
#ifndef FOB_HOST_BASE_ERROR_H
#define FOB_HOST_BASE_ERROR_H

#include "src/status.h"

enum { FOB_ERROR_TEXT_MAX = 511, FOB_ERROR_HINT_MAX = 1023 };

struct fob_error {
    enum fob_status status;
    char text[FOB_ERROR_TEXT_MAX + 1]; /* one line, no final full stop */
    char hint[FOB_ERROR_HINT_MAX + 1]; /* what to run next, or "" */
};

/* Record a fault and return `status`, so that a caller can `return` it.
 * A fault already recorded is replaced.  What a terminal would act on or not
 * show is spelled out, as host/base/shown.h says. */
__attribute__((format(printf, 3, 4))) enum fob_status
fob_error_set(struct fob_error *error, enum fob_status status,
              const char *format, ...);

/* As above with ": " and the text of errno at the end. */
__attribute__((format(printf, 3, 4))) enum fob_status
fob_error_errno(struct fob_error *error, enum fob_status status,
                const char *format, ...);

/* "out of memory", the one wording of it; FOB_E_NO_MEMORY is returned. */
enum fob_status fob_error_no_memory(struct fob_error *error);

/* The next step, as a command to run where there is one, made as
 * host/base/shell_line.h says: each %s is one word, whatever is in it, and
 * quoted where it needs to be.  There is no hint when it does not fit. */
__attribute__((format(printf, 2, 3))) void
fob_error_hint(struct fob_error *error, const char *format, ...);

/* The same for a hint that was made before, or advice in words; there is none
 * when it does not fit, or holds what fob would not have written. */
void fob_error_advise(struct fob_error *error, const char *hint);

void fob_error_clear(struct fob_error *error);

#endif
