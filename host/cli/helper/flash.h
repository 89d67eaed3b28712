/* SPDX-License-Identifier: MIT */
/* fob-flash at work: files are parsed and USB is touched there, never here. */
#ifndef FOB_HOST_CLI_HELPER_FLASH_H
#define FOB_HOST_CLI_HELPER_FLASH_H

#include "host/base/error.h"
#include "host/base/secret.h"
#include "host/cli/ui/ui.h"

enum {
    FLASH_FACT_MAX = 63,
    FLASH_FILE_MAX = 480 * 16 * 512, /* UF2: pages of 256 in blocks of 512 */
};

struct flash_job {
    const struct fob_secret *file;
    const char *bus;    /* where the board is plugged in; NULL: not named */
    const char *serial; /* of the token; NULL: not named */
    bool is_forced;
    int wait_s; /* for the board at `bus` to enter its boot loader; 0: not */
};

/* What fob-flash told; "" for what it did not. */
struct flash_facts {
    char place[FLASH_FACT_MAX + 1];
    char before[FLASH_FACT_MAX + 1]; /* version that was on the board */
    char file[FLASH_FACT_MAX + 1];   /* version in the file */
    char leave[FLASH_FACT_MAX + 1];  /* serial of the token at `place` that
                                        must leave first; nothing was written */
    char version[FLASH_FACT_MAX + 1];
    char serial[FLASH_FACT_MAX + 1];
};

/* Write the file to a board, with a bar on the terminal; or find the token
 * that must enter its boot loader first. */
FOB_MUST_CHECK enum fob_status flash_run(const struct flash_job *job,
                                         struct ui *ui,
                                         struct flash_facts *facts,
                                         struct fob_error *error);

/* Reading what it says (docs/protocol.md): to be called with all of it
 * whenever more has come.  Start from zeros but for `ui`. */
struct flash_listener {
    struct ui *ui;
    struct flash_facts facts;
    struct fob_error fault; /* FOB_OK in it: none was told */
    size_t heard;           /* bytes in whole lines */
};
void flash_hear(void *listener, const struct fob_secret *output);

#endif
