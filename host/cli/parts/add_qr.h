/* SPDX-License-Identifier: MIT */
#ifndef FOB_HOST_CLI_PARTS_ADD_QR_H
#define FOB_HOST_CLI_PARTS_ADD_QR_H

#include "host/cli/call/command.h"

/* Put the otpauth URI in the picture `path`, or stdin for "-", into
 * call->request.  A picture with several codes is FOB_E_DUPLICATE, and the
 * error says whose they are. */
FOB_MUST_CHECK enum fob_status add_qr_put(struct command_call *call,
                                          const char *path);

#endif
