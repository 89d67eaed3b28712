/* SPDX-License-Identifier: MIT */
/* Authy exports nothing; what is passed around are its servers' answers, whose
 * seeds are encrypted, and its preferences on a rooted phone. */
#include "host/import/foreign/foreign.h"

#include <string.h>

static bool holds(struct fob_span text, const char *word)
{
    return memmem(text.at, text.len, word, strlen(word)) != NULL;
}

static bool is_mine(const struct import_file *file)
{
    enum { LOOK_AT = 1 << 16 };
    struct fob_span text = file->text;

    if (text.len > LOOK_AT)
        text.len = LOOK_AT;
    return (file->json.at != NULL && holds(text, "\"encrypted_seed\"")) ||
           holds(text, "\"com.authy.storage.tokens");
}

static enum fob_status refuse_file(const struct import_file *file,
                                   struct import_sink *sink)
{
    (void)file;
    fob_error_set(sink->error, FOB_E_UNSUPPORTED,
                  "the file is Authy's own, and Authy exports nothing for "
                  "other apps");
    fob_error_advise(sink->error, "for a device of AWS's, with a code of "
                                  "Authy's: fob enroll --replace-phone");
    return FOB_E_UNSUPPORTED;
}

const struct import_format import_authy = {
    .app = "Authy", .is_mine = is_mine, .read = refuse_file};
