/* SPDX-License-Identifier: MIT */
/*
 * Accounts in other authenticators' words: each put alone, and at the end what
 * all of them make together.
 */
#ifndef FOB_HOST_EXPORT_EXPORT_H
#define FOB_HOST_EXPORT_EXPORT_H

#include "host/export/aegis.h"
#include "host/export/google.h"

enum fob_export_kind {
    FOB_EXPORT_OTPAUTH, /* a key URI each */
    FOB_EXPORT_GOOGLE,  /* QR codes of several, see google.h */
    FOB_EXPORT_AEGIS,   /* one file, see aegis.h */
};

/* Zeroed, but for the kind and, for Google, fob_google_start. */
struct fob_export {
    enum fob_export_kind kind;
    struct fob_google google;
    struct fob_aegis aegis;
};

/* What became of one account. */
struct fob_export_item {
    struct fob_secret uri; /* FOB_EXPORT_OTPAUTH: with a NUL behind it */
    size_t code;           /* FOB_EXPORT_GOOGLE: in which it is, from 1 */
    const char *fault;     /* why it is left out, or NULL */
};

/* "otpauth", "google", "aegis"; FOB_E_NOT_FOUND. */
FOB_MUST_CHECK enum fob_status fob_export_find(const char *word,
                                               enum fob_export_kind *kind);

/* Put `account`, known as `name`, and tell of it in the empty `item`, whose
 * `uri` is to be freed.  An account that the kind has no place for is
 * FOB_E_UNSUPPORTED or FOB_E_TOO_LONG, with item->fault.  Else as
 * fob_google_put and fob_aegis_put. */
FOB_MUST_CHECK enum fob_status fob_export_put(struct fob_export *out,
                                              const struct fob_account *account,
                                              const char *name,
                                              struct fob_export_item *item);

void fob_export_free(struct fob_export *out);

#endif
