/* SPDX-License-Identifier: MIT */
/*
 * Google Authenticator's export: some accounts a code, several codes to be
 * scanned one after another.  A code's text is
 * otpauth-migration://offline?data=, and base64 of a message of Protocol
 * Buffers.
 */
#ifndef FOB_HOST_EXPORT_GOOGLE_H
#define FOB_HOST_EXPORT_GOOGLE_H

#include "host/export/bytes_out.h"
#include "src/account.h"

enum {
    FOB_GOOGLE_EACH_MAX = 10,  /* accounts a code, as the app itself has it */
    FOB_GOOGLE_URI_MAX = 2331, /* bytes that a QR code of level M holds */
};

/* Zeroed but for what `start` sets while empty. */
struct fob_google {
    struct bytes_out parts; /* of each code its length, and its accounts */
    size_t last;            /* where the last one begins */
    size_t in_last;         /* accounts in that */
    size_t count;           /* codes */
    size_t each;
    size_t uri_max;
    uint32_t batch_id;
};

/* NULL, or why the format has no place for this account. */
const char *fob_google_fault(const struct fob_account *account);

/* At most `each` accounts a code, of 1 to FOB_GOOGLE_EACH_MAX, and no URI
 * longer than `uri_max`, but for one account that alone is longer. FOB_E_FAILED
 * without randomness. */
FOB_MUST_CHECK enum fob_status fob_google_start(struct fob_google *google,
                                                size_t each, size_t uri_max);

/* Put an account that fob_google_fault has nothing against into the last code,
 * whose number from 1 on is google->count then, or into a new one.
 * FOB_E_NO_MEMORY. */
FOB_MUST_CHECK enum fob_status
fob_google_put(struct fob_google *google, const struct fob_account *account);

/* Zeroed before the first code. */
struct fob_google_cursor {
    size_t at;
    size_t index;
};

/* The next code's URI into the empty `uri`, a NUL behind it.  FOB_E_NOT_FOUND
 * after the last, FOB_E_NO_MEMORY; `uri` is then empty. */
FOB_MUST_CHECK enum fob_status fob_google_next(const struct fob_google *google,
                                               struct fob_google_cursor *cursor,
                                               struct fob_secret *uri);

/* Wipe and free. */
void fob_google_free(struct fob_google *google);

#endif
