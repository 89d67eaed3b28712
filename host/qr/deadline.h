/* SPDX-License-Identifier: MIT */
/* The end of a search that takes too long: the sandbox has no clock to look
 * at, so an alarm that was set before answers in the search's place. */
#ifndef FOB_HOST_QR_DEADLINE_H
#define FOB_HOST_QR_DEADLINE_H

#include "host/base/secret.h"

enum { FOB_DEADLINE_S = 4 }; /* of processor time */

/* From now on: when the time is over, `answer` is written to stdout and the
 * process ends, with exit status 0.  It must stay as it is. */
FOB_MUST_CHECK enum fob_status
fob_deadline_start(const struct fob_secret *answer);

/* There is another answer now: when the time is over, nothing more is
 * written, and the exit status is 1. */
void fob_deadline_end(void);

#endif
