/* SPDX-License-Identifier: MIT */
/* What a status word means: of which command, and of whose card. */
#ifndef FOB_HOST_TOKEN_TOKEN_WORD_H
#define FOB_HOST_TOKEN_TOKEN_WORD_H

#include "host/token/command.h"

/* The latest word of the token, in answer to `ins`. */
FOB_MUST_CHECK enum fob_status token_word_read(const struct fob_token *token,
                                               enum token_instruction ins);

#endif
