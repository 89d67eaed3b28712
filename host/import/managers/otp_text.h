/* SPDX-License-Identifier: MIT */
/* What password managers keep in a field for codes, as plain text: a key URI,
 * KeeOtp's "key=BASE32&step=30&size=6", a URI of Steam's, or base32 alone. */
#ifndef FOB_HOST_IMPORT_MANAGERS_OTP_TEXT_H
#define FOB_HOST_IMPORT_MANAGERS_OTP_TEXT_H

#include "host/import/text/uri_put.h"

/* Read it and put it; the names are for what does not name itself. */
FOB_MUST_CHECK enum fob_status otp_text_put(struct fob_span text,
                                            const struct uri_names *names,
                                            size_t place,
                                            struct import_sink *sink);

#endif
