/* SPDX-License-Identifier: MIT */
/* What `fob-qr decode` answers; docs/protocol.md, section fob-qr. */
#ifndef FOB_HOST_QR_REPLY_H
#define FOB_HOST_QR_REPLY_H

#include "host/base/error.h"
#include "host/base/secret.h"
#include "host/qr/codes.h"

/* Either into the empty `reply`. */
FOB_MUST_CHECK enum fob_status fob_reply_codes(const struct fob_codes *codes,
                                               struct fob_secret *reply);
FOB_MUST_CHECK enum fob_status fob_reply_fault(const struct fob_error *error,
                                               struct fob_secret *reply);

#endif
