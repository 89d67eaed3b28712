/* SPDX-License-Identifier: MIT */
/* Where the readers of all formats put the accounts that they find. */
#ifndef FOB_HOST_IMPORT_SINK_SINK_H
#define FOB_HOST_IMPORT_SINK_SINK_H

#include "host/import/sink/item.h"
#include "src/span.h"

struct import_sink {
    const struct fob_import_callbacks *callbacks;
    struct fob_error *error;
    struct fob_account *account; /* to be filled in; all zero at first and
                                    after each sink_put */
    size_t count;                /* put so far */
    struct fob_secret room;      /* where the account lives */
};

FOB_MUST_CHECK enum fob_status
sink_open(struct import_sink *sink,
          const struct fob_import_callbacks *callbacks,
          struct fob_error *error);
void sink_close(struct import_sink *sink);

/* Name the account.  A lone issuer becomes the label, since every account
 * has one.  What is too long for its field, or no text, is left out, with
 * FOB_E_TOO_LONG or FOB_E_SYNTAX. */
FOB_MUST_CHECK enum fob_status sink_name(struct import_sink *sink,
                                         struct fob_span issuer,
                                         struct fob_span label);

/* Check the account if `status` is FOB_OK and pass it on; `fault` says why
 * it cannot be used, NULL for the usual words of the status.  What the
 * callbacks answers, or FOB_E_TOO_LONG, error set, for one account too many. */
FOB_MUST_CHECK enum fob_status sink_put(struct import_sink *sink, size_t place,
                                        enum fob_status status,
                                        const char *fault);

#endif
