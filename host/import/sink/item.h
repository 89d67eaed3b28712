/* SPDX-License-Identifier: MIT */
/* What an importer finds in a file, and who asks and takes meanwhile. */
#ifndef FOB_HOST_IMPORT_SINK_ITEM_H
#define FOB_HOST_IMPORT_SINK_ITEM_H

#include "host/base/error.h"
#include "host/base/secret.h"
#include "src/account.h"

enum {
    FOB_IMPORT_MAX = 64 << 20, /* bytes of a file: Aegis's have pictures in */
    FOB_IMPORT_ACCOUNTS_MAX = 20000,
};

/* What was found in one place of a file. */
struct fob_import_item {
    const struct fob_account *account; /* issuer and label are filled in even
                                          when it cannot be used, if known */
    enum fob_status status; /* FOB_OK; FOB_E_TOO_SHORT: a weak secret, for
                               callers that force; else: not for fob */
    const char *fault;      /* why, in a few words; "" for FOB_OK */
    const char *file;       /* the name it was given by; NULL: it has none */
    const char *unit;       /* what the place is: "line", "entry", "code" */
    size_t place;           /* from 1 */
};

struct fob_import_callbacks {
    void *context;
    const char *file; /* that is being read: set by who reads */
    /* Codes of an export may be missing: that is an item of its own then. */
    bool takes_parts;
    /* The password of the encrypted `file` into the empty `password`; `wrong`
     * tells that the one before did not fit.  FOB_E_WRONG_KEY, no words:
     * there is no other.  Any other fault ends the reading with that status
     * and the error that the callee set. */
    enum fob_status (*ask)(void *context, const char *file, bool wrong,
                           struct fob_secret *password,
                           struct fob_error *error);
    /* All has been read, and `count` items come.  NULL: no need.  As above. */
    enum fob_status (*ready)(void *context, size_t count,
                             struct fob_error *error);
    /* One account, in the order of the files.  As above. */
    enum fob_status (*take)(void *context, const struct fob_import_item *item,
                            struct fob_error *error);
};

#endif
