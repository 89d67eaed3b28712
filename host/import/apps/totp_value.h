/* SPDX-License-Identifier: MIT */
/* What password managers keep beside a login: a key URI, a bare secret, or a
 * URI of Steam's. */
#ifndef FOB_HOST_IMPORT_APPS_TOTP_VALUE_H
#define FOB_HOST_IMPORT_APPS_TOTP_VALUE_H

#include "host/import/sink/sink.h"

/* Values of fob_json_view_open. */
struct totp_value {
    struct fob_span totp;
    struct fob_span issuer; /* for what does not name itself; or none */
    struct fob_span label;
};

/* Whether there is anything in it, be it no text. */
bool totp_value_is_there(struct fob_span totp);

/* Read it and put it: the status is the sink's. */
FOB_MUST_CHECK enum fob_status totp_value_put(const struct totp_value *value,
                                              size_t place,
                                              struct import_sink *sink);

#endif
