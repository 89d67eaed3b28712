/* SPDX-License-Identifier: MIT */
#include "host/base/error.h"
#include "tests/lib/tap.h"

#include <errno.h>

int main(void)
{
    struct fob_error error;
    char longer[600];

    tap_ok(fob_error_set(&error, FOB_E_IO, "no %s", "disk") == FOB_E_IO &&
               error.status == FOB_E_IO && strcmp(error.text, "no disk") == 0,
           "a fault sets the error and its status handed back");
    fob_error_hint(&error, "buy %d", 1);
    tap_ok(strcmp(error.hint, "buy 1") == 0, "a hint is kept beside it");
    fob_error_set(&error, FOB_E_IO, "sad: %s", error.text);
    tap_ok(strcmp(error.text, "sad: no disk") == 0 && error.hint[0] == '\0',
           "an error may be set anew out of itself; its hint goes");
    errno = ENOSPC;
    fob_error_errno(&error, FOB_E_IO, "cannot write %s", "x");
    tap_ok(strcmp(error.text, "cannot write x: No space left on device") == 0,
           "errno is told in words");
    fob_error_set(&error, FOB_E_IO, "%s", "a\nb\x1b[31m\x7f\xc2\x9b\xc3\xa9");
    tap_ok(strcmp(error.text, "a\\u{a}b\\u{1b}[31m\\u{7f}\\u{9b}\xc3\xa9") == 0,
           "control characters do not reach a terminal, letters do");
    fob_error_set(&error, FOB_E_IO, "%s",
                  "\x9b"
                  "2J\xe2\x80\xae");
    tap_ok(strcmp(error.text, "\\x9b2J\\u{202e}") == 0,
           "nor do bytes of no character, or what turns the text around");
    memset(longer, 'x', sizeof(longer));
    memcpy(longer + FOB_ERROR_TEXT_MAX - 3, "\xe2\x98\x83", 4);
    fob_error_set(&error, FOB_E_IO, "%s", longer);
    tap_ok(strcmp(error.text, longer) == 0,
           "a text that fits to the byte is whole");
    memmove(longer + FOB_ERROR_TEXT_MAX - 2, longer + FOB_ERROR_TEXT_MAX - 3,
            4);
    longer[FOB_ERROR_TEXT_MAX - 3] = 'x';
    fob_error_set(&error, FOB_E_IO, "%s", longer);
    tap_ok(strlen(error.text) == FOB_ERROR_TEXT_MAX - 2,
           "a long text is cut between characters");
    tap_ok(fob_error_no_memory(&error) == FOB_E_NO_MEMORY &&
               error.status == FOB_E_NO_MEMORY &&
               strcmp(error.text, "out of memory") == 0,
           "missing memory has one wording");
    fob_error_clear(&error);
    tap_ok(error.status == FOB_OK && !error.text[0] && !error.hint[0],
           "clear leaves nothing");
    return tap_done();
}
