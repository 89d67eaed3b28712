/* SPDX-License-Identifier: MIT */
/* One helper process, fed on its stdin (a socket) and heard on its stdout. */
#ifndef FOB_HOST_BASE_CHILD_H
#define FOB_HOST_BASE_CHILD_H

#include "host/base/error.h"
#include "host/base/secret.h"
#include "host/base/tail.h"

enum { FOB_CHILD_SIGNALLED = 128 }; /* added to the signal */

/* Run `argv` (argv[0] is a path) with `envp`: feed it `input`, gather stdout
 * up to `output_max` bytes into the empty `output`, drop stdin after the input,
 * let stderr go to /dev/null, or its end into `told`; kill it after
 * `timeout_ms`.  Both pipes are served together, so neither side can block the
 * other.  *exit_status is its exit status, or FOB_CHILD_SIGNALLED + signal.
 * FOB_E_FAILED when it cannot be started, FOB_E_TOO_LONG when it says more than
 * `output_max` (it is killed), FOB_E_BUSY when the time is over (likewise).  It
 * gets no other descriptor. */
struct fob_child {
    const char *const *argv;
    const char *const *envp;
    const void *input;
    size_t input_len;
    int input_fd; /* used as its stdin when input is NULL; else ignored */
    size_t output_max;
    int timeout_ms;
    struct fob_tail *told; /* NULL, or empty */
    /* Told, unless NULL, of all its output so far whenever more has come. */
    void (*hear)(void *context, const struct fob_secret *output);
    void *context;
};
FOB_MUST_CHECK enum fob_status fob_child_run(const struct fob_child *child,
                                             struct fob_secret *output,
                                             int *exit_status,
                                             struct fob_error *error);

#endif
