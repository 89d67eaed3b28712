/* SPDX-License-Identifier: MIT */
/* `fob credentials --into`: a session as a section of the credentials file, for
 * programs that read nothing else.  The section says when it ends, by a
 * setting that also says whose it is. */
#ifndef FOB_HOST_CLI_PARTS_SESSION_SECTION_H
#define FOB_HOST_CLI_PARTS_SESSION_SECTION_H

#include "host/cli/call/command.h"

/* Whether the section may be written: it is none yet, or fob's, or has no key;
 * the file is its owner's alone; and no profile that fob works for would come
 * to depend on it.  To be asked before a code is spent for the session of
 * `profile`.  The error is set: FOB_E_EXISTS for a section with a key that is
 * not fob's, FOB_E_UNSUPPORTED, FOB_E_LOCKED. */
FOB_MUST_CHECK enum fob_status session_section_check(struct command_call *call,
                                                     const char *section,
                                                     const char *profile);

/* Write the session of call->reply there, in one step, and print the
 * section's name. */
FOB_MUST_CHECK enum fob_status session_section_put(struct command_call *call,
                                                   const char *section);

/* Take it out again.  FOB_E_EXISTS, error set, for one that is not fob's. */
FOB_MUST_CHECK enum fob_status session_section_remove(struct command_call *call,
                                                      const char *section);

#endif
