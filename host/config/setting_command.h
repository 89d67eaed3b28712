/* SPDX-License-Identifier: MIT */
/* A command line that a setting or variable has: words as words.h splits them,
 * with marks in them that become something else.  No shell sees it, and what
 * takes a mark's place stays one word with what stands around it. */
#ifndef FOB_HOST_CONFIG_SETTING_COMMAND_H
#define FOB_HOST_CONFIG_SETTING_COMMAND_H

#include "host/base/secret.h"

enum { FOB_SETTING_COMMAND_MAX = 1023, FOB_SETTING_WORDS_MAX = 32 };

struct fob_setting_mark {
    const char *text; /* such as "{url}" */
    const char *value;
};

struct fob_setting_command {
    struct fob_secret text; /* what argv points to */
    char *argv[FOB_SETTING_WORDS_MAX + 2];
    size_t count;  /* of words; argv has room for one more, and NULL after it */
    uint32_t used; /* bit N: mark N stood in the line */
};

/* Whether `line` has words, whose quotes end, and in braces no mark but those
 * of the list that a NULL text ends. */
bool fob_setting_command_is_good(const char *line,
                                 const struct fob_setting_mark *marks);

/* FOB_E_SYNTAX for a line without words, with too many or with an open quote;
 * FOB_E_NO_MEMORY.  `command` must be empty, and is on a fault. */
FOB_MUST_CHECK enum fob_status
fob_setting_command_make(const char *line, const struct fob_setting_mark *marks,
                         struct fob_setting_command *command);
void fob_setting_command_free(struct fob_setting_command *command);

#endif
