/* SPDX-License-Identifier: MIT */
/* A passphrase that is made now: typed twice, weighed, and offered to who has
 * none. */
#ifndef FOB_HOST_CLI_CALL_NEW_PASSPHRASE_H
#define FOB_HOST_CLI_CALL_NEW_PASSPHRASE_H

#include "host/cli/call/command.h"

/* Ask at the terminal, or by `program` if that is not "", for what `question`
 * is about and `text` says, into the empty `answer`, which is not empty then.
 * As answer_find. */
FOB_MUST_CHECK enum fob_status new_passphrase_ask(struct command_call *call,
                                                  const char *program,
                                                  enum fob_question question,
                                                  const char *text,
                                                  struct fob_secret *answer);

#endif
