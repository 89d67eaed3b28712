/* SPDX-License-Identifier: MIT */
/* What a person hands in: files, or stdin as "-". */
#ifndef FOB_HOST_CLI_UI_INPUT_H
#define FOB_HOST_CLI_UI_INPUT_H

#include "host/base/error.h"
#include "host/base/file_trust.h"
#include "host/base/secret.h"

/* The whole of the file `path`, or of stdin for "-", at most `max` bytes, into
 * the empty `content`.  A terminal as stdin is FOB_E_USAGE: nobody types a
 * picture. */
FOB_MUST_CHECK enum fob_status input_read(const char *path, size_t max,
                                          struct fob_secret *content,
                                          struct fob_error *error);

/* The same of a file that must be as `wanted`; stdin is whoever's called. */
FOB_MUST_CHECK enum fob_status input_read_trusted(const char *path, size_t max,
                                                  enum fob_file_trust wanted,
                                                  struct fob_secret *content,
                                                  struct fob_error *error);

/* A secret text, of one line mostly: from stdin, or when that is a terminal
 * asked for with `prompt` and no echo; more lines if they are pasted.  The last
 * newline is no part of it. */
FOB_MUST_CHECK enum fob_status input_read_pasted(const char *prompt, size_t max,
                                                 struct fob_secret *line,
                                                 struct fob_error *error);

/* Drop one newline from the end. */
void input_trim(struct fob_secret *content);

#endif
