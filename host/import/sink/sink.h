/* SPDX-License-Identifier: MIT */
/* Where the readers of all formats put the accounts that they find. */
#ifndef FOB_HOST_IMPORT_SINK_SINK_H
#define FOB_HOST_IMPORT_SINK_SINK_H

#include "host/import/sink/item.h"
#include "host/import/sink/otpauth_words.h"
#include "src/span.h"

struct import_parts;

struct import_sink {
    const struct fob_import_callbacks *callbacks;
    struct fob_error *error;
    struct fob_account *account; /* to be filled in; all zero at first and
                                    after each sink_put */
    size_t count;                /* put so far */
    const char *unit; /* what a place of this file is: "line", "entry" or
                         "code"; a format that knows better may set it */
    char words[FOB_OTPAUTH_WORDS_MAX]; /* what sink_name or sink_secret found
                                          wrong */
    struct import_parts *parts;        /* text/parts.h: of all files */
    struct fob_import_callbacks own;   /* where `callbacks` points to */
    struct fob_secret room;            /* where the account lives, */
    struct fob_secret found, faults;   /* and those that were put */
};

FOB_MUST_CHECK enum fob_status
sink_open(struct import_sink *sink,
          const struct fob_import_callbacks *callbacks,
          struct fob_error *error);
void sink_close(struct import_sink *sink);

/* Another file, called `name`, whose places are `unit`s. */
void sink_start_file(struct import_sink *sink, const char *name,
                     const char *unit);

/* Name the account.  A lone issuer becomes the label, since every account
 * has one.  What is too long for its field, or no text, is left out, with
 * FOB_E_TOO_LONG or FOB_E_SYNTAX, and sink_put has the words. */
FOB_MUST_CHECK enum fob_status sink_name(struct import_sink *sink,
                                         struct fob_span issuer,
                                         struct fob_span label);

/* What sink_name answers, and the words, of names that could not even be read:
 * FOB_E_TOO_LONG or FOB_E_SYNTAX. */
enum fob_status sink_name_fault(struct import_sink *sink,
                                enum fob_status of_issuer,
                                enum fob_status of_label);

/* Read a secret as people and apps write it in base32.  FOB_E_SYNTAX, and
 * in `words`, which are left alone otherwise, where it is wrong;
 * FOB_E_TOO_LONG. */
FOB_MUST_CHECK enum fob_status
sink_read_secret(struct fob_span base32, struct fob_account *account,
                 char words[static FOB_OTPAUTH_WORDS_MAX]);

/* The same for the sink's account; sink_put has the words. */
FOB_MUST_CHECK enum fob_status sink_secret(struct import_sink *sink,
                                           struct fob_span base32);

/* Check the account if `status` is FOB_OK and keep it; `fault` says why it
 * cannot be used, NULL for the usual words of the status.  FOB_E_TOO_LONG,
 * error set, for one account too many; FOB_E_NO_MEMORY, error set. */
FOB_MUST_CHECK enum fob_status sink_put(struct import_sink *sink, size_t place,
                                        enum fob_status status,
                                        const char *fault);

/* Give the callbacks what was put, once all of it is there; what they answer.
 */
FOB_MUST_CHECK enum fob_status sink_give(struct import_sink *sink);

#endif
