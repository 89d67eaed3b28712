/* SPDX-License-Identifier: MIT */
/* The QR codes of an export of several accounts, one after another. */
#ifndef FOB_HOST_CLI_PARTS_EXPORT_CODES_H
#define FOB_HOST_CLI_PARTS_EXPORT_CODES_H

#include "host/base/path.h"
#include "host/cli/call/command.h"
#include "host/wire/message.h"

/* The codes of call->reply, in their order. */
struct export_codes {
    struct fob_reader at;
    struct fob_field uri;
    char name[FOB_NAME_MAX + 1]; /* of its account; "": it has several */
};
void export_codes_start(const struct command_call *call,
                        struct export_codes *codes);
bool export_codes_next(struct export_codes *codes);
size_t export_codes_count(const struct command_call *call);

/* Their URIs, a line each, to call->output. */
void export_codes_put(struct command_call *call);

/* Draw all of them; at a terminal, wait for a key between two.  Error set. */
FOB_MUST_CHECK enum fob_status export_codes_draw(struct command_call *call);

/* The file of the number-th of `count`, from 1: FILE itself when there is but
 * one, else FILE with a number before the ending, of so many digits that the
 * names sort as the codes do.  Error set. */
FOB_MUST_CHECK enum fob_status
export_codes_path(struct command_call *call, const char *file, size_t number,
                  size_t count, char path[static FOB_PATH_MAX]);

/* Write all of them as new PNG files: all, or none is left.  "-" is stdout, for
 * one code.  Error set. */
FOB_MUST_CHECK enum fob_status export_codes_write(struct command_call *call,
                                                  const char *file);

#endif
