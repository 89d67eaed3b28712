/* SPDX-License-Identifier: MIT */
/* A seed's QR code: in the terminal, or as a PNG. */
#ifndef FOB_HOST_CLI_PARTS_EXPORT_PICTURE_H
#define FOB_HOST_CLI_PARTS_EXPORT_PICTURE_H

#include "host/cli/call/command.h"
#include "host/wire/message.h"

enum { EXPORT_PICTURE_URI_MAX = 1370 }; /* a code of version 30, level M */

/* How many bytes of text a code has that stdout, when it is a terminal, shows
 * as a whole; at most EXPORT_PICTURE_URI_MAX. */
size_t export_picture_room(void);

/* Draw it on stdout, after what was put before, and tell when the terminal is
 * too small for it.  Error set. */
FOB_MUST_CHECK enum fob_status export_picture_draw(struct command_call *call,
                                                   const struct fob_field *uri);

/* A PNG at `path`, in the place of what is there, or on stdout for "-"; what is
 * no file there is written to.  Error set. */
FOB_MUST_CHECK enum fob_status
export_picture_replace(struct command_call *call, const char *path,
                       const struct fob_field *uri);

/* The same, but a new file, whole or not there. */
FOB_MUST_CHECK enum fob_status export_picture_make(struct command_call *call,
                                                   const char *path,
                                                   const struct fob_field *uri);

#endif
