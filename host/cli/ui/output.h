/* SPDX-License-Identifier: MIT */
/*
 * What a command says on stdout.  It is gathered in secret memory and written
 * once, when the command has succeeded: no stdio buffer ever holds a secret,
 * and a reader never sees half a document.
 */
#ifndef FOB_HOST_CLI_UI_OUTPUT_H
#define FOB_HOST_CLI_UI_OUTPUT_H

#include "host/base/error.h"
#include "host/base/secret.h"

struct output {
    struct fob_secret data;
    enum fob_status status; /* the first fault sticks */
};

void output_put(struct output *output, const void *data, size_t len);
void output_put_text(struct output *output, const char *text);
void output_put_char(struct output *output, char byte);
/* As host/base/shown.h says. */
void output_put_shown(struct output *output, const void *text, size_t len);
/* As it is, or, when stdout is a terminal, as host/base/shown.h says: for data
 * that a program may read and a person may look at. */
void output_put_name(struct output *output, const void *text, size_t len);
void output_put_number(struct output *output, uint64_t number);

/* Write everything to `fd`, named `what` in the error text. */
FOB_MUST_CHECK enum fob_status output_write(struct output *output, int fd,
                                            const char *what,
                                            struct fob_error *error);

/* Wipe; the output is empty and sound again. */
void output_free(struct output *output);

#endif
