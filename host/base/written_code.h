/* SPDX-License-Identifier: MIT */
/*
 * Secrets that a person writes down and types again: Crockford's 32 letters,
 * which have no I, L, O and U, in groups of four.  A code is 128 bits and a
 * checksum of 12, so that a slip of the pen is told from a code of something
 * else.  docs/backup-format.md, section "the code".
 */
#ifndef FOB_HOST_BASE_WRITTEN_CODE_H
#define FOB_HOST_BASE_WRITTEN_CODE_H

#include "src/status.h"

#include <stddef.h>
#include <stdint.h>

enum {
    FOB_WRITTEN_CODE_LEN = 16,      /* bytes of the secret */
    FOB_WRITTEN_CODE_TEXT_LEN = 34, /* 28 letters and 6 dashes */
    FOB_WRITTEN_WORD_LEN = 10,      /* bytes: 80 bits */
    FOB_WRITTEN_WORD_TEXT_LEN = 19, /* 16 letters and 3 dashes */
};

/* NUL-ended. */
void fob_written_code_format(const uint8_t code[static FOB_WRITTEN_CODE_LEN],
                             char text[static FOB_WRITTEN_CODE_TEXT_LEN + 1]);

/* Back, in whatever case, with I and L for 1, O for 0, and spaces and dashes
 * anywhere.  FOB_E_TOO_SHORT, FOB_E_TOO_LONG, FOB_E_SYNTAX for a letter that
 * codes do not have, FOB_E_DAMAGED for one that is mistyped; `code` is then
 * wiped. */
FOB_MUST_CHECK enum fob_status
fob_written_code_parse(const void *text, size_t len,
                       uint8_t code[static FOB_WRITTEN_CODE_LEN]);

/* A passphrase out of random bytes, without a checksum. */
void fob_written_word_format(const uint8_t word[static FOB_WRITTEN_WORD_LEN],
                             char text[static FOB_WRITTEN_WORD_TEXT_LEN + 1]);

#endif
