/* SPDX-License-Identifier: MIT */
/* The end of a search that takes too long: the sandbox has no clock to look
 * at, so an alarm that was set before answers in the search's place. */
#ifndef FOB_HOST_QR_DEADLINE_H
#define FOB_HOST_QR_DEADLINE_H

#include "host/qr/codes.h"

enum { FOB_DEADLINE_S = 4 }; /* of processor time */

/* From now on: when the time is over, `answer` is written to stdout and the
 * process ends, with exit status 0.  It is taken over. */
FOB_MUST_CHECK enum fob_status fob_deadline_start(struct fob_secret *answer);

/* These codes are the answer from now on. */
FOB_MUST_CHECK enum fob_status fob_deadline_keep(const struct fob_codes *codes);

/* There is another answer now: when the time is over, nothing more is
 * written, and the exit status is 1.  Wipes the one that was kept. */
void fob_deadline_end(void);

#endif
