/* SPDX-License-Identifier: MIT */
/* The texts of the codes in one picture, each once, in reading order. */
#ifndef FOB_HOST_QR_CODES_H
#define FOB_HOST_QR_CODES_H

#include "host/base/secret.h"

enum { FOB_CODES_MAX = 64 };

/* In pixels of the picture; right and bottom are not part of it. */
struct fob_code_box {
    uint32_t left;
    uint32_t top;
    uint32_t right;
    uint32_t bottom;
};

struct fob_code {
    struct fob_secret text; /* any bytes */
    struct fob_code_box box;
};

struct fob_codes {
    struct fob_code list[FOB_CODES_MAX];
    size_t count;
    bool is_incomplete; /* another was seen, and could not be read */
};

/* Put a text where it belongs: above what begins below its middle, left of
 * what stands beside it.  A text that is there already is left out.
 * FOB_E_TOO_LONG when the list is full. */
FOB_MUST_CHECK enum fob_status fob_codes_add(struct fob_codes *codes,
                                             const void *text, size_t len,
                                             const struct fob_code_box *box);

/* Wipe all; leaves an empty list. */
void fob_codes_free(struct fob_codes *codes);

#endif
