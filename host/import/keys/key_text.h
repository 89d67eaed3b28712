/* SPDX-License-Identifier: MIT */
/*
 * One AWS access key, in the words of whoever hands it over:
 *
 *   - two lines, the id and the secret;
 *   - a section of an AWS file, and lines of an environment (`env`, `export
 *     NAME=value`, the console's old rootkey.csv);
 *   - the CSV that IAM's console downloads;
 *   - JSON as credential_process prints it, as `aws iam create-access-key`
 *     does, and as aws-vault and its backends keep it.
 */
#ifndef FOB_HOST_IMPORT_KEYS_KEY_TEXT_H
#define FOB_HOST_IMPORT_KEYS_KEY_TEXT_H

#include "host/base/error.h"
#include "host/base/secret.h"
#include "src/span.h"

enum {
    FOB_KEY_TEXT_MAX = 64 * 1024, /* bytes to read it from */
    FOB_KEY_PART_MAX = 128,       /* of the id and of the secret */
};

/* Texts end with a NUL; both are "" or neither.  Keep it in secret memory. */
struct fob_key_text {
    char id[FOB_KEY_PART_MAX + 1];
    char secret[FOB_KEY_PART_MAX + 1];
};

/* In the empty `room`, which is to be freed; NULL without memory. */
struct fob_key_text *fob_key_text_alloc(struct fob_secret *room);

/* Read the key.  With the error set, which repeats nothing of the text, and
 * `key` wiped: FOB_E_SYNTAX when none of these forms has one, FOB_E_TOO_LONG,
 * FOB_E_DUPLICATE for more than one, FOB_E_UNSUPPORTED for a temporary one. */
FOB_MUST_CHECK enum fob_status fob_key_text_read(struct fob_span text,
                                                 struct fob_key_text *key,
                                                 struct fob_error *error);

/* Whether it has the shape of AWS's long-term keys, which a slip of the mouse
 * loses; as above. */
FOB_MUST_CHECK enum fob_status
fob_key_text_check(const struct fob_key_text *key, struct fob_error *error);

#endif
